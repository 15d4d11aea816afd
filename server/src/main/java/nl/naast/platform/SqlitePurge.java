package nl.naast.platform;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;

/**
 * Destroys the expired rows of one table that has a rowid and an {@code expiry_day} (days since 1970; NULL: does not expire).
 *
 * @param table a name from the program, never from outside
 */
public record SqlitePurge(SqliteStore store, String name, String table, Duration kept) implements Purge {
    @Override
    public Future<Integer> purge(LocalDate today, int limit) {
        String sql = "DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table + " WHERE expiry_day < ? ORDER BY expiry_day LIMIT ?)";
        return store.write(connection -> Sql.update(connection, sql, today.toEpochDay(), limit));
    }
}
