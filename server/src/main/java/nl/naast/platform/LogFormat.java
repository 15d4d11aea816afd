package nl.naast.platform;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of the log as one JSON object (docs/operations.md). Times are whole minutes: the second of a line that somebody's frame caused would be the exact time of it, and the order of lines shows what came first. Of an exception
 * its class and our own frames: its message may hold an address, a header, a piece of what was sent. What a library says stays, without the addresses in it.
 */
final class LogFormat extends Formatter {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);
    /** IPv4 with or without a port, and whatever of hexadecimal digits has two colons: IPv6, at the price of a time of day. */
    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9a-fA-F])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,8}(?:\\.\\d{1,3}){0,3}(?:%\\w+)?|\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?");
    private static final int FRAMES = 8;

    @Override
    public String format(LogRecord record) {
        JsonObject line = new JsonObject().put("time", MINUTE.format(record.getInstant())).put("level", level(record.getLevel()));
        if (record instanceof LogLine ours) {
            ours(line, ours);
        } else {
            library(line, record);
        }
        return line.encode() + "\n";
    }

    private static void ours(JsonObject line, LogLine record) {
        line.put("code", record.code().text());
        if (!record.part().isEmpty()) {
            line.put("part", record.part());
        }
        if (!record.counts().isEmpty()) {
            line.put("counts", new JsonObject(new TreeMap<>(record.counts())));
        }
        failed(line, record.failed());
    }

    private void library(JsonObject line, LogRecord record) {
        Log.count(LogCode.LIBRARY);
        line.put("code", LogCode.LIBRARY.text()).put("logger", record.getLoggerName()).put("message", ADDRESS.matcher(String.valueOf(formatMessage(record))).replaceAll("[address]"));
        failed(line, record.getThrown());
    }

    private static void failed(JsonObject line, Throwable failed) {
        if (failed != null) {
            line.put("failed", new JsonArray(causes(failed).map(each -> each.getClass().getName()).toList()));
            line.put("at", new JsonArray(causes(failed).flatMap(each -> Arrays.stream(each.getStackTrace())).filter(frame -> frame.getClassName().startsWith("nl.naast.")).limit(FRAMES).map(LogFormat::place).toList()));
        }
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, each -> each != null, Throwable::getCause).limit(FRAMES);
    }

    private static String place(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
    }

    static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warning";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }
}
