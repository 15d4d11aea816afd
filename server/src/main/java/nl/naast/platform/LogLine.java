package nl.naast.platform;

import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogRecord;

/** A line of our own. Its message holds the same in few words, for whoever reads the log in another form; it carries no exception, so that no other form writes one out. */
final class LogLine extends LogRecord {
    private static final long serialVersionUID = 1L;

    private final LogCode code;
    private final String part;
    private final transient Map<String, Integer> counts;
    private final transient Throwable failed;

    LogLine(LogCode code, String part, Map<String, Integer> counts, Throwable failed) {
        super(code.level(), code.text() + (part.isEmpty() ? "" : " " + part) + (counts.isEmpty() ? "" : " " + new TreeMap<>(counts)) + (failed == null ? "" : " " + failed.getClass().getSimpleName()));
        this.code = code;
        this.part = part;
        this.counts = counts;
        this.failed = failed;
        setLoggerName("nl.naast");
    }

    LogCode code() {
        return code;
    }

    /** Empty: none. */
    String part() {
        return part;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** {@code null}: nothing failed. */
    Throwable failed() {
        return failed;
    }
}
