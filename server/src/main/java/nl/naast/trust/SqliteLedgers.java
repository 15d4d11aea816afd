package nl.naast.trust;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import nl.naast.access.StaffId;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Sql;
import nl.naast.platform.SqlWork;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledger.SignedRoster;

/**
 * {@link Ledgers} in SQLite. In clear: tags, state, expiry day, and the roster's version, which every write is conditional on. The roster's row is never destroyed, only written over: its version must not begin anew.
 */
final class SqliteLedgers implements Ledgers {
    static final List<String> SCHEMA = List.of(
        "CREATE TABLE trust_roster (only INTEGER PRIMARY KEY CHECK (only = 1), version INTEGER NOT NULL, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE TABLE trust_statement (person_tag BLOB PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('valid', 'withdrawn')), expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE TABLE trust_revocation (tag BLOB PRIMARY KEY, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT");
    private static final String ROSTER = "trust_roster";
    private static final String STATEMENT = "trust_statement";
    private static final String REVOCATION = "trust_revocation";
    private static final byte[] ONLY = {1};

    private final SqliteStore store;
    private final Wrap wrap;
    private final Clock clock;
    private final AtomicLong writes = new AtomicLong();
    /** All that lies there, as it was read last: it is asked for with each view that names an expert, and seldom changes. This process alone writes it. */
    private volatile Ledger known;

    SqliteLedgers(SqliteStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    @Override
    public Future<Ledger> read() {
        Ledger before = known;
        return (before == null ? readAll() : Future.succeededFuture(before)).map(this::living);
    }

    /** Kept only when no write began or ended meanwhile: what is known is never older than what was told as written. */
    private Future<Ledger> readAll() {
        long begun = writes.get();
        return store.read(connection -> new Ledger(version(connection), Sql.one(connection, this::roster, "SELECT sealed FROM trust_roster"), Sql.list(connection, this::entry, "SELECT person_tag, state, sealed FROM trust_statement"),
            Sql.list(connection, this::revocation, "SELECT tag, sealed FROM trust_revocation"))).onSuccess(read -> keep(begun, read));
    }

    private synchronized void keep(long begun, Ledger read) {
        known = writes.get() == begun ? read : known;
    }

    private synchronized void forget() {
        writes.incrementAndGet();
        known = null;
    }

    private Ledger living(Ledger all) {
        return new Ledger(all.version(), all.roster().filter(r -> lives(r.validUntil())), all.statements().stream().filter(e -> lives(e.notAfter())).toList(), all.revocations().stream().filter(r -> lives(r.expiresAt())).toList());
    }

    private <T> Future<T> write(SqlWork<T> work) {
        forget();
        return store.write(work).onComplete(done -> forget());
    }

    private static long version(Connection connection) throws SQLException {
        return Sql.one(connection, row -> row.getLong("version"), "SELECT version FROM trust_roster").orElse(0L);
    }

    @Override
    public Future<Boolean> step(Step step) {
        return write(connection -> {
            if (version(connection) != step.seen()) {
                return false;
            }
            SignedRoster roster = step.roster();
            JsonObject facts = facts(roster.bytes()).put("issued", roster.issuedAt().getEpochSecond()).put("until", roster.validUntil().getEpochSecond());
            Sql.update(connection, "INSERT OR REPLACE INTO trust_roster (only, version, expiry_day, sealed) VALUES (1, ?, ?, ?)", step.seen() + 1, day(roster.validUntil()), seal(ROSTER, ONLY, facts));
            for (Revoked revoked : step.revocations()) {
                revoke(connection, revoked);
            }
            if (step.added().isPresent()) {
                put(connection, step.added().get());
            }
            return true;
        });
    }

    private void revoke(Connection connection, Revoked revoked) throws SQLException {
        SignedRevocation revocation = revoked.revocation();
        byte[] tag = wrap.tag("revocation", revoked.entry().hash().bytes());
        JsonObject facts = facts(revocation.bytes()).put("expires", revocation.expiresAt().getEpochSecond());
        Sql.update(connection, "INSERT OR REPLACE INTO trust_revocation (tag, expiry_day, sealed) VALUES (?, ?, ?)", tag, day(revocation.expiresAt()), seal(REVOCATION, tag, facts));
        Sql.update(connection, "DELETE FROM trust_statement WHERE person_tag = ? AND state = 'withdrawn'", person(revoked.entry().who()));
    }

    private void put(Connection connection, Entry entry) throws SQLException {
        byte[] person = person(entry.who());
        JsonObject facts = facts(entry.bytes()).put("who", entry.who().id().text());
        Sql.update(connection, "INSERT OR REPLACE INTO trust_statement (person_tag, state, expiry_day, sealed) VALUES (?, 'valid', ?, ?)", person, day(entry.notAfter()), seal(STATEMENT, person, facts));
    }

    @Override
    public Future<Boolean> withdraw(StaffId who) {
        return write(connection -> Sql.update(connection, "UPDATE trust_statement SET state = 'withdrawn' WHERE person_tag = ?", person(who)) == 1);
    }

    private SignedRoster roster(ResultSet row) throws SQLException {
        JsonObject facts = open(ROSTER, ONLY, row.getBytes("sealed"));
        return new SignedRoster(bytes(facts), Instant.ofEpochSecond(facts.getLong("issued")), Instant.ofEpochSecond(facts.getLong("until")));
    }

    private Entry entry(ResultSet row) throws SQLException {
        JsonObject facts = open(STATEMENT, row.getBytes("person_tag"), row.getBytes("sealed"));
        Statement statement = Statement.parse(Signed.parse(bytes(facts)).unsigned());
        return new Entry(new StaffId(new Id16(facts.getString("who"))), bytes(facts), statement.hash(), Instant.ofEpochSecond(statement.notAfter()), row.getString("state").equals("withdrawn"));
    }

    private SignedRevocation revocation(ResultSet row) throws SQLException {
        JsonObject facts = open(REVOCATION, row.getBytes("tag"), row.getBytes("sealed"));
        return new SignedRevocation(bytes(facts), Instant.ofEpochSecond(facts.getLong("expires")));
    }

    private byte[] person(StaffId who) {
        return wrap.tag("trust person", who.id().bytes());
    }

    private byte[] seal(String table, byte[] key, JsonObject facts) {
        return wrap.seal(place(table, key), facts.toBuffer().getBytes());
    }

    private JsonObject open(String table, byte[] key, byte[] sealed) {
        return new JsonObject(Buffer.buffer(wrap.open(place(table, key), sealed)));
    }

    private static String place(String table, byte[] key) {
        return table + " " + HexFormat.of().formatHex(key);
    }

    private static JsonObject facts(byte[] bytes) {
        return new JsonObject().put("bytes", Base64Url.encode(bytes));
    }

    private static byte[] bytes(JsonObject facts) {
        return Base64Url.decode(facts.getString("bytes")).orElseThrow();
    }

    private boolean lives(Instant end) {
        return end.isAfter(clock.now());
    }

    private static long day(Instant expiresAt) {
        return LocalDate.ofInstant(expiresAt, ZoneOffset.UTC).toEpochDay();
    }
}
