package nl.naast.conversation;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteExpiry;
import nl.naast.platform.SqliteStore;

/** Destroys what of the envelopes has expired. Before that their ids go into the conversation's row, as with an acknowledgement: a repetition gets the same answer afterwards too. */
final class SqliteEnvelopeExpiry implements Purge {
    private final SqliteStore store;
    private final SqliteConversationRows rows;
    private final SqliteEnvelopes envelopes;
    private final Clock clock;
    private final SqliteExpiry expiry;

    SqliteEnvelopeExpiry(SqliteStore store, SqliteConversationRows rows, SqliteEnvelopes envelopes, Clock clock, Duration kept) {
        this.store = store;
        this.rows = rows;
        this.envelopes = envelopes;
        this.clock = clock;
        this.expiry = new SqliteExpiry(store, "envelope", "envelope", kept, row -> !envelopes.stored(row).expiresAt().isAfter(clock.now()));
    }

    @Override
    public String name() {
        return expiry.name();
    }

    @Override
    public String table() {
        return expiry.table();
    }

    @Override
    public Duration kept() {
        return expiry.kept();
    }

    @Override
    public Future<Integer> purge(LocalDate today, int limit) {
        return store.write(connection -> remember(connection, today)).compose(remembered -> expiry.purge(today, limit));
    }

    private Void remember(Connection connection, LocalDate today) throws SQLException {
        List<byte[]> conversations = Sql.list(connection, found -> found.getBytes(1), "SELECT DISTINCT conversation FROM envelope WHERE expiry_day <= ?", today.toEpochDay());
        for (byte[] conversation : conversations) {
            for (Conversation row : rows.select(connection, clock.now(), "id = ?", (Object) conversation)) {
                Conversation recalled = envelopes.recall(connection, row);
                if (!recalled.facts().recent().equals(row.facts().recent())) {
                    rows.update(connection, recalled);
                }
            }
        }
        return null;
    }
}
