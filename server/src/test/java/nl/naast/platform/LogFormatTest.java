package nl.naast.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A line of the log")
class LogFormatTest {
    private static final String MARKER = "Marker-77aa1f 203.0.113.9";

    private final LogFormat format = new LogFormat();

    private JsonObject json(LogRecord record) {
        String text = format.format(record);
        assertEquals(text.length() - 1, text.indexOf('\n'), text);
        return new JsonObject(text);
    }

    private static LogRecord library(String message) {
        LogRecord record = new LogRecord(Level.SEVERE, message);
        record.setLoggerName("io.netty.x");
        return record;
    }

    private static Throwable failure() {
        return new IllegalStateException(MARKER, new java.io.IOException(MARKER));
    }

    // seen failing: with the seconds in the pattern; with the message beside the class
    @Test
    @DisplayName("of our own: the minute, the level, the code, counts, what failed by its class and where in our sources; never a message")
    void ours() {
        LogLine line = new LogLine(LogCode.SWEEP_LEFT, "envelope", Map.of("b", 2, "a", 1), failure());
        line.setInstant(Instant.parse("2026-11-25T20:17:43.123Z"));
        JsonObject read = json(line);
        JsonArray at = (JsonArray) read.remove("at");
        assertEquals(new JsonObject().put("time", "2026-11-25T20:17Z").put("level", "warning").put("code", "sweep-left").put("part", "envelope").put("counts", new JsonObject().put("a", 1).put("b", 2))
            .put("failed", new JsonArray().add("java.lang.IllegalStateException").add("java.io.IOException")), read);
        assertTrue(at.getString(0).startsWith("nl.naast.platform.LogFormatTest.failure:"), at.encode());
        assertFalse((format.format(line) + new SimpleFormatter().format(line)).contains(MARKER));
    }

    // seen failing: with the message of the exception beside its class; without ADDRESS
    @Test
    @DisplayName("of a library: its logger and its message without the addresses, its exception by class only")
    void libraries() {
        LogRecord record = library("lost L:/127.0.0.1:8080 R:/203.0.113.9:55555, [2001:db8::17]:443, ::1 and fe80::1%eth0, ::ffff:192.0.2.7, peer:2001:db8::1 in io.netty.Foo:12\nnext");
        record.setThrown(failure());
        JsonObject read = json(record);
        assertEquals("lost L:/[address] R:/[address], [[address]]:443, [address] and [address], [address], peer[address] in io.netty.Foo:12\nnext", read.getString("message"));
        assertEquals(Set.of("time", "level", "code", "logger", "message", "failed", "at"), read.fieldNames());
        assertEquals(List.of("error", "library", "io.netty.x"), List.of(read.getString("level"), read.getString("code"), read.getString("logger")));
        assertFalse(format.format(record).contains("Marker"));
    }

    @Test
    @DisplayName("is counted by its code")
    void counted() {
        // A code that no house says which another test may have left running.
        long before = Log.said(LogCode.UNCAUGHT);
        long libraries = Log.said(LogCode.LIBRARY);
        Log.say(LogCode.UNCAUGHT, Map.of("x", 1));
        format.format(library("x"));
        assertEquals(List.of(before + 1, true), List.of(Log.said(LogCode.UNCAUGHT), Log.said(LogCode.LIBRARY) > libraries));
    }

    // seen failing: without the handler of what nobody catches the JVM printed the message
    @Test
    @DisplayName("asJson: every handler writes it, and what nobody catches is written in the same way")
    void everywhere() throws Exception {
        Logger root = Logger.getLogger("");
        Map<Handler, Formatter> before = new java.util.IdentityHashMap<>();
        Arrays.stream(root.getHandlers()).filter(handler -> handler.getFormatter() != null).forEach(handler -> before.put(handler, handler.getFormatter()));
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        Handler handler = new StreamHandler(out, new SimpleFormatter());
        List<Logger> talkative = Stream.of("org.mongodb.driver", "com.hazelcast").map(Logger::getLogger).toList();
        List<Optional<Level>> levels = talkative.stream().map(logger -> Optional.ofNullable(logger.getLevel())).toList();
        Thread.UncaughtExceptionHandler caught = Thread.getDefaultUncaughtExceptionHandler();
        root.addHandler(handler);
        try {
            Log.asJson();
            Thread fails = Thread.ofPlatform().start(() -> {
                throw new IllegalStateException(MARKER);
            });
            fails.join();
            handler.flush();
            List<JsonObject> lines = out.toString().lines().filter(line -> line.startsWith("{")).map(JsonObject::new).filter(line -> line.getString("code").equals("uncaught")).toList();
            assertEquals(List.of("java.lang.IllegalStateException"), lines.getFirst().getJsonArray("failed").getList());
            assertFalse(out.toString().contains(MARKER));
            assertTrue(before.keySet().stream().allMatch(each -> each.getFormatter() instanceof LogFormat) && before.keySet().stream().anyMatch(ConsoleHandler.class::isInstance));
        } finally {
            root.removeHandler(handler);
            before.forEach(Handler::setFormatter);
            IntStream.range(0, talkative.size()).forEach(i -> talkative.get(i).setLevel(levels.get(i).orElse(null)));
            Thread.setDefaultUncaughtExceptionHandler(caught);
        }
    }
}
