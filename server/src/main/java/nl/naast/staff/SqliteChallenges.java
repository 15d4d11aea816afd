package nl.naast.staff;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import nl.naast.platform.Clock;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;

/** {@link Challenges} in SQLite. */
final class SqliteChallenges implements Challenges {
    private final SqliteStore store;
    private final Sealed sealed;
    private final Clock clock;

    SqliteChallenges(SqliteStore store, Sealed sealed, Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public Future<Boolean> use(Challenge challenge) {
        byte[] tag = sealed.wrap().tag("challenge", challenge.value().getBytes(StandardCharsets.UTF_8));
        return store.write(connection -> challenge.expiresAt().isAfter(clock.now())
            && Sql.update(connection, "INSERT OR IGNORE INTO staff_challenge (tag, expiry_day) VALUES (?, ?)", tag, Sealed.day(challenge.expiresAt())) == 1);
    }
}
