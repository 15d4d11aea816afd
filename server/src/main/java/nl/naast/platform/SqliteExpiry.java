package nl.naast.platform;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Destroys the expired rows of one table in bounded pieces. Days that are over go unread; the rows of the present day are opened, a page at a time, for their exact time, so that nothing lies longer than it may
 * because a day is long.
 */
public final class SqliteExpiry implements Purge {
    private static final int PAGE = 500;

    /** Whether this row, with all its columns, has expired. */
    @FunctionalInterface
    public interface Past {
        boolean test(ResultSet row) throws SQLException;
    }

    private record Found(List<Long> past, long last, boolean more) {
    }

    private final SqliteStore store;
    private final String name;
    private final String table;
    private final Duration kept;
    private final Past past;

    /**
     * @param name the row of docs/retention.md
     * @param table has a column {@code expiry_day}
     * @param kept see {@link Purge#kept()}
     */
    public SqliteExpiry(SqliteStore store, String name, String table, Duration kept, Past past) {
        this.store = store;
        this.name = name;
        this.table = table;
        this.kept = kept;
        this.past = past;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String table() {
        return table;
    }

    @Override
    public Duration kept() {
        return kept;
    }

    @Override
    public Future<Integer> purge(LocalDate today, int limit) {
        return store.write(connection -> over(connection, today, limit)).compose(over -> over == limit ? Future.succeededFuture(over) : ofToday(today, limit - over, Long.MIN_VALUE).map(more -> over + more));
    }

    private int over(Connection connection, LocalDate today, int limit) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table + " WHERE expiry_day < ? LIMIT ?)")) {
            delete.setLong(1, today.toEpochDay());
            delete.setInt(2, limit);
            return delete.executeUpdate();
        }
    }

    private Future<Integer> ofToday(LocalDate today, int limit, long after) {
        return store.read(connection -> find(connection, today, after)).compose(found -> {
            List<Long> now = found.past().subList(0, Math.min(limit, found.past().size()));
            return destroy(now).compose(count -> found.more() && now.size() < limit ? ofToday(today, limit - now.size(), found.last()).map(rest -> count + rest) : Future.succeededFuture(count));
        });
    }

    private Found find(Connection connection, LocalDate today, long after) throws SQLException {
        List<Long> expired = new ArrayList<>();
        long last = after;
        int seen = 0;
        try (PreparedStatement select = connection.prepareStatement("SELECT rowid AS place, * FROM " + table + " WHERE expiry_day = ? AND rowid > ? ORDER BY rowid LIMIT " + PAGE)) {
            select.setLong(1, today.toEpochDay());
            select.setLong(2, after);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    seen++;
                    last = row.getLong("place");
                    if (past.test(row)) {
                        expired.add(last);
                    }
                }
            }
        }
        return new Found(expired, last, seen == PAGE);
    }

    private Future<Integer> destroy(List<Long> places) {
        return places.isEmpty() ? Future.succeededFuture(0) : store.write(connection -> {
            int destroyed = 0;
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE rowid = ?")) {
                for (long place : places) {
                    delete.setLong(1, place);
                    destroyed += delete.executeUpdate();
                }
            }
            return destroyed;
        });
    }
}
