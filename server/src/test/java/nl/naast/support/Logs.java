package nl.naast.support;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged while it is open: the program's own lines of every level, others' from INFO up, as the program is shipped. With traces. */
public final class Logs extends Handler {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("nl.naast");

    private final StringBuffer text = new StringBuffer();
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
