package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;

/** {@link Challenges} in SQLite. */
final class SqliteChallenges implements Challenges {
    private static final String TABLE = "staff_challenge";

    private final SqliteStore store;
    private final Sealed sealed;
    private final Clock clock;

    SqliteChallenges(SqliteStore store, Sealed sealed, Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public Future<Void> put(Challenge challenge, String value) {
        byte[] id = challenge.id().bytes();
        JsonObject facts = new JsonObject().put("person", challenge.person().id().text()).put("expires", challenge.expiresAt().getEpochSecond());
        return store.write(connection -> {
            Sql.update(connection, "INSERT INTO staff_challenge (id, tag, expiry_day, sealed) VALUES (?, ?, ?, ?)", id, tag(value, challenge.purpose()), Sealed.day(challenge.expiresAt()), sealed.seal(TABLE, id, facts));
            return Sql.update(connection, "DELETE FROM staff_challenge WHERE number <= (SELECT MAX(number) FROM staff_challenge) - ?", MOST);
        }).mapEmpty();
    }

    @Override
    public Future<Optional<Challenge>> take(Id16 id, String value, Challenge.Purpose purpose) {
        return store.write(connection -> {
            Optional<Challenge> found = Sql.one(connection, row -> read(id, purpose, row), "SELECT sealed FROM staff_challenge WHERE id = ? AND tag = ?", id.bytes(), tag(value, purpose));
            Sql.update(connection, "DELETE FROM staff_challenge WHERE id = ?", id.bytes());
            return found.filter(challenge -> challenge.expiresAt().isAfter(clock.now()));
        });
    }

    /** The purpose is part of it: what was asked for one is no answer to the other. */
    private byte[] tag(String value, Challenge.Purpose purpose) {
        return sealed.wrap().tag("challenge " + purpose, value.getBytes(StandardCharsets.UTF_8));
    }

    private Challenge read(Id16 id, Challenge.Purpose purpose, ResultSet row) throws SQLException {
        JsonObject facts = sealed.open(TABLE, id.bytes(), row.getBytes("sealed"));
        return new Challenge(id, purpose, new StaffId(new Id16(facts.getString("person"))), Instant.ofEpochSecond(facts.getLong("expires")));
    }
}
