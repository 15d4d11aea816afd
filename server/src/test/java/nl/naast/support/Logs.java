package nl.naast.support;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;

/** Everything that is logged while it is open, as it comes and as it is written: the program's own lines of every level, others' from INFO up, as the program is shipped. With traces. */
public final class Logs extends Handler {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("nl.naast");

    private final StringBuffer text = new StringBuffer();
    private static final Pattern MINUTE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\dZ");
    private static final Set<String> FIELDS = Set.of("time", "level", "code", "part", "counts", "failed", "at", "logger", "message");
    private static final Set<String> CODES = Arrays.stream(LogCode.values()).map(LogCode::text).collect(Collectors.toSet());

    private final StringBuffer lines = new StringBuffer();
    private final Formatter shipped = Log.format();
    private final Formatter formatter = new SimpleFormatter();

    private Logs() {
        setLevel(Level.ALL);
    }

    public static Logs open() {
        Logs logs = new Logs();
        OURS.setLevel(Level.ALL);
        ROOT.addHandler(logs);
        return logs;
    }

    @Override
    public void publish(LogRecord record) {
        text.append(record.getLoggerName()).append(' ').append(formatter.formatMessage(record)).append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            text.append(trace);
        }
        lines.append(shipped.format(record));
    }

    /** The same, as the program writes it when it is shipped. */
    public List<String> lines() {
        return lines.toString().lines().toList();
    }

    /** @return what is wrong with a line; empty: it is one JSON object with a whole minute, a known code and known fields */
    public static String strange(String line) {
        try {
            JsonObject read = new JsonObject(line);
            boolean good = FIELDS.containsAll(read.fieldNames()) && CODES.contains(read.getString("code")) && MINUTE.matcher(read.getString("time")).matches() && read.getString("level") != null;
            return good ? "" : line;
        } catch (DecodeException | ClassCastException noLine) {
            return line;
        }
    }

    public String text() {
        return text.toString();
    }

    /** @return those of the words that were logged */
    public List<String> found(Collection<String> words) {
        String all = text();
        return words.stream().filter(all::contains).toList();
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
        OURS.setLevel(null);
    }
}
