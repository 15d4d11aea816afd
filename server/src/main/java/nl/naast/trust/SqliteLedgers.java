package nl.naast.trust;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import nl.naast.platform.Clock;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** {@link Ledgers} in SQLite: one row, sealed; in clear its number and the roster's version. It is never destroyed, only written over: the version must not begin anew. */
final class SqliteLedgers implements Ledgers {
    /** As it was released first: a row for each statement and each revocation. */
    static final List<String> SCHEMA = List.of(
        "CREATE TABLE trust_roster (only INTEGER PRIMARY KEY CHECK (only = 1), version INTEGER NOT NULL, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE TABLE trust_statement (person_tag BLOB PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('valid', 'withdrawn')), expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE TABLE trust_revocation (tag BLOB PRIMARY KEY, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT");
    /** Of what lay there (a trial's: desks bring their statements again) only the roster's version goes over. */
    static final List<String> ONE_PIECE = List.of(
        "CREATE TABLE trust_ledger (only INTEGER PRIMARY KEY CHECK (only = 1), change INTEGER NOT NULL, version INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "INSERT INTO trust_ledger (only, change, version, sealed) SELECT 1, 1, version, x'' FROM trust_roster",
        "DROP TABLE trust_roster", "DROP TABLE trust_statement", "DROP TABLE trust_revocation");

    private final SqliteStore store;
    private final Wrap wrap;
    private final Clock clock;
    private final AtomicLong writes = new AtomicLong();
    /** As it was read last: it is asked for with each view that names an expert, and seldom changes. This process alone writes it. */
    private volatile Ledger known;

    SqliteLedgers(SqliteStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Future<Ledger> read() {
        Ledger before = known;
        return (before == null ? readAll() : Future.succeededFuture(before)).map(all -> all.at(clock.now()));
    }

    /** Kept only when no write began or ended meanwhile: what is known is never older than what was told as written. */
    private Future<Ledger> readAll() {
        long begun = writes.get();
        return store.read(this::all).onSuccess(read -> keep(begun, read));
    }

    private synchronized void keep(long begun, Ledger read) {
        known = writes.get() == begun ? read : known;
    }

    private synchronized void forget() {
        writes.incrementAndGet();
        known = null;
    }

    private Ledger all(Connection connection) throws SQLException {
        return Sql.one(connection, row -> {
            byte[] sealed = row.getBytes("sealed");
            return LedgerCodec.decode(row.getLong("change"), row.getLong("version"), sealed.length == 0 ? sealed : wrap.open(LedgerPurge.TABLE, sealed));
        }, "SELECT change, version, sealed FROM trust_ledger").orElse(Ledger.EMPTY);
    }

    @Override
    public <T> Future<T> changeAll(Function<Ledger, Decided<T>> rule) {
        forget();
        return store.write(connection -> {
            Decided<T> decided = rule.apply(all(connection));
            if (decided.next().isPresent()) {
                put(connection, decided.next().get().next());
            }
            return decided.answer();
        }).onComplete(done -> forget());
    }

    private void put(Connection connection, Ledger next) throws SQLException {
        Sql.update(connection, "INSERT OR REPLACE INTO trust_ledger (only, change, version, sealed) VALUES (1, ?, ?, ?)", next.change(), next.version(), wrap.seal(LedgerPurge.TABLE, LedgerCodec.encode(next)));
    }
}
