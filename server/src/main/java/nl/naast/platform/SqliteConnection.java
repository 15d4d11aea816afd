package nl.naast.platform;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.sqlite.SQLiteConnection;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A connection that keeps the statements it has prepared: who closes one gives it back, without its values. Preparing was the greatest part of what a message cost (docs/performance.md). For one thread at a time, as
 * everything of SQLite's.
 */
final class SqliteConnection extends JDBC4Connection {
    /** The texts are constants of the program, so there are fewer. */
    private static final int MOST = 200;

    private final Map<String, Kept> kept = new HashMap<>();

    SqliteConnection(Path file) throws SQLException {
        super("jdbc:sqlite:" + file, file.toString(), properties());
    }

    /** Nobody asks for the row id of what was inserted; the driver would look it up each time. */
    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("jdbc.get_generated_keys", "false");
        return properties;
    }

    /** Whoever writes says BEGIN and COMMIT itself (outside of them SQLite commits each statement by itself, as ever); with "true" the driver would try to begin a transaction after each statement to see whether there is one. */
    @Override
    public boolean getAutoCommit() {
        return false;
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability) throws SQLException {
        Kept found = kept.remove(sql);
        return found == null ? new Kept(this, sql) : found;
    }

    @Override
    public void close() throws SQLException {
        for (Kept statement : kept.values()) {
            statement.end();
        }
        kept.clear();
        super.close();
    }

    private final class Kept extends JDBC4PreparedStatement {
        private final String text;

        Kept(SQLiteConnection connection, String text) throws SQLException {
            super(connection, text);
            this.text = text;
        }

        @Override
        public void close() throws SQLException {
            rs.close();
            clearParameters();
            if (kept.size() >= MOST || kept.putIfAbsent(text, this) != null) {
                end();
            }
        }

        private void end() throws SQLException {
            super.close();
        }
    }
}
