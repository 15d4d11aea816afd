package nl.naast.platform;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program's log: a code, at the most counts and the name of a part of the program, and what failed by its kind. There is no place for a text: nothing that came from outside can get in. Written by java.util.logging, as what
 * libraries say is.
 */
public final class Log {
    private static final Logger LOGGER = Logger.getLogger("nl.naast");
    /** Libraries that tell every step of a start, and from which level on they are heard. Kept, so that their level is. */
    private static final Map<Logger, Level> TALKATIVE = Map.of(Logger.getLogger("org.mongodb.driver"), Level.WARNING, Logger.getLogger("com.hazelcast"), Level.SEVERE);
    private static final Map<LogCode, LongAdder> SAID = new EnumMap<>(LogCode.class);

    static {
        Arrays.stream(LogCode.values()).forEach(code -> SAID.put(code, new LongAdder()));
    }

    private Log() {
    }

    public static void say(LogCode code) {
        say(new LogLine(code, "", Map.of(), null));
    }

    /** @param counts by names from our own sources */
    public static void say(LogCode code, Map<String, Integer> counts) {
        say(new LogLine(code, "", counts, null));
    }

    /** @param failed its class is told, and where in our sources it was; never its message */
    public static void say(LogCode code, Throwable failed) {
        say(new LogLine(code, "", Map.of(), failed));
    }

    /** @param part a name from our own sources */
    public static void say(LogCode code, String part, Throwable failed) {
        say(new LogLine(code, part, Map.of(), failed));
    }

    private static void say(LogLine line) {
        count(line.code());
        LOGGER.log(line);
    }

    static void count(LogCode code) {
        SAID.get(code).increment();
    }

    /** How many lines of this kind this process has written; those of libraries only since {@link #asJson}. */
    public static long said(LogCode code) {
        return SAID.get(code).sum();
    }

    /** What makes a line of a record, ours or a library's. */
    public static Formatter format() {
        return new LogFormat();
    }

    /** From now on every line, of libraries too, is one JSON object; and what nobody catches becomes a line like others. */
    public static void asJson() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(format());
        }
        TALKATIVE.forEach(Logger::setLevel);
        Thread.setDefaultUncaughtExceptionHandler((thread, failed) -> say(LogCode.UNCAUGHT, failed));
    }
}
