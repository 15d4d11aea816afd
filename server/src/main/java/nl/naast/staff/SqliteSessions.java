package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;

/** {@link Sessions} in SQLite. */
final class SqliteSessions implements Sessions {
    private static final String TABLE = "staff_session";

    private final SqliteStore store;
    private final Sealed sealed;
    private final Clock clock;

    SqliteSessions(SqliteStore store, Sealed sealed, Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public Future<Void> open(Session session) {
        byte[] tag = session.token().bytes();
        JsonObject facts = new JsonObject().put("who", session.who().id().text()).put("ends", session.endsAt().getEpochSecond());
        return store.write(connection -> Sql.update(connection, "INSERT INTO staff_session (tag, person_tag, state, expiry_day, sealed) VALUES (?, ?, ?, ?, ?)",
            tag, sealed.person(session.who()), session.locked() ? "locked" : "open", Sealed.day(session.endsAt()), sealed.seal(TABLE, tag, facts))).mapEmpty();
    }

    @Override
    public Future<Optional<Session>> find(TokenHash token) {
        return store.read(connection -> Sql.one(connection, row -> read(token, row), "SELECT state, sealed FROM staff_session WHERE tag = ?", token.bytes())
            .filter(session -> session.endsAt().isAfter(clock.now())));
    }

    @Override
    public Future<Boolean> lock(TokenHash token) {
        return store.write(connection -> Sql.update(connection, "UPDATE staff_session SET state = 'locked' WHERE tag = ? AND state = 'open'", token.bytes()) == 1);
    }

    @Override
    public Future<Boolean> end(TokenHash token) {
        return store.write(connection -> Sql.update(connection, "DELETE FROM staff_session WHERE tag = ?", token.bytes()) == 1);
    }

    @Override
    public Future<Void> endAll(StaffId who) {
        return store.write(connection -> Sql.update(connection, "DELETE FROM staff_session WHERE person_tag = ?", sealed.person(who))).mapEmpty();
    }

    @Override
    public Future<List<TokenHash>> of(StaffId who) {
        return store.read(connection -> Sql.list(connection, row -> token(row), "SELECT tag FROM staff_session WHERE person_tag = ?", (Object) sealed.person(who)));
    }

    @Override
    public Future<Boolean> available(TokenHash token, boolean yes) {
        return store.write(connection -> {
            Optional<byte[]> facts = Sql.one(connection, row -> row.getBytes(1), "SELECT sealed FROM staff_session WHERE tag = ? AND state = 'open'", (Object) token.bytes());
            return facts.isPresent() && Sql.update(connection, "UPDATE staff_session SET sealed = ? WHERE tag = ? AND state = 'open'",
                sealed.seal(TABLE, token.bytes(), sealed.open(TABLE, token.bytes(), facts.get()).put("available", yes)), token.bytes()) == 1;
        });
    }

    @Override
    public Future<Boolean> isAvailable(TokenHash token) {
        return store.read(connection -> Sql.one(connection, row -> row.getBytes(1), "SELECT sealed FROM staff_session WHERE tag = ? AND state = 'open'", (Object) token.bytes())
            .filter(facts -> Session.isAvailable(sealed.open(TABLE, token.bytes(), facts), clock.now())).isPresent());
    }

    @Override
    public Future<Set<StaffId>> available() {
        return store.read(connection -> Sql.list(connection, row -> sealed.open(TABLE, row.getBytes("tag"), row.getBytes("sealed")), "SELECT tag, sealed FROM staff_session WHERE state = 'open'").stream()
            .filter(facts -> Session.isAvailable(facts, clock.now())).map(facts -> new StaffId(new Id16(facts.getString("who")))).collect(Collectors.toSet()));
    }

    private static TokenHash token(ResultSet row) throws SQLException {
        return new TokenHash(Base64Url.encode(row.getBytes("tag")));
    }

    private Session read(TokenHash token, ResultSet row) throws SQLException {
        JsonObject facts = sealed.open(TABLE, token.bytes(), row.getBytes("sealed"));
        return new Session(token, new StaffId(new Id16(facts.getString("who"))), row.getString("state").equals("locked"), Instant.ofEpochSecond(facts.getLong("ends")));
    }
}
