package nl.naast.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Statements, roster and revocations, in SQLite")
class SqliteLedgersTest extends LedgersContract {
    @Override
    Ledgers open(Wrap wrap, Clock clock) {
        return new SqliteLedgers(sqlite(TrustModule.migration(1), TrustModule.onePiece(2)), wrap, clock);
    }

    @Test
    @DisplayName("of a file of before, the roster's version goes over: the next one is newer than any that a page has seen")
    void older() throws Exception {
        java.nio.file.Path file = directory.resolve("older");
        try (SqliteStore before = SqliteStore.open(vertx, file, List.of(TrustModule.migration(1)))) {
            done(before.write(connection -> Sql.update(connection, "INSERT INTO trust_roster (only, version, expiry_day, sealed) VALUES (1, 41, 2, x'01')")));
        }
        try (SqliteStore after = SqliteStore.open(vertx, file, List.of(TrustModule.migration(1), TrustModule.onePiece(2)))) {
            assertEquals(41, done(new SqliteLedgers(after, wrap, clock).read()).version());
        }
    }
}
