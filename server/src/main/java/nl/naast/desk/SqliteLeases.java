package nl.naast.desk;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteExpiry;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** {@link Leases} in SQLite: staff tag, fence, version and expiry day in clear, the rest sealed. */
final class SqliteLeases implements Leases {
    static final List<String> SCHEMA = List.of(
        "CREATE TABLE desk_lease (staff_tag BLOB PRIMARY KEY, fence INTEGER NOT NULL, version INTEGER NOT NULL, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE INDEX desk_lease_expiry ON desk_lease (expiry_day)");

    private final SqliteStore store;
    private final Wrap wrap;
    private final Clock clock;

    SqliteLeases(SqliteStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    @Override
    public Future<Optional<Lease>> find(StaffId staff) {
        return store.read(connection -> read(connection, tag(staff)));
    }

    @Override
    public Future<List<Lease>> of(Set<StaffId> staff) {
        String tags = String.join(", ", Collections.nCopies(staff.size(), "?"));
        return store.read(connection -> Sql.list(connection, this::lease, "SELECT * FROM desk_lease WHERE staff_tag IN (" + tags + ")", staff.stream().map(this::tag).toArray()).stream().filter(this::lives).toList());
    }

    @Override
    public Future<Changed> change(StaffId staff, UnaryOperator<Lease> rule) {
        return store.write(connection -> {
            Lease before = read(connection, tag(staff)).orElseGet(() -> Lease.none(staff));
            Lease after = rule.apply(before);
            if (!after.equals(before)) {
                write(connection, after);
            }
            return new Changed(before, after);
        });
    }

    private Optional<Lease> read(Connection connection, byte[] tag) throws SQLException {
        return Sql.one(connection, this::lease, "SELECT * FROM desk_lease WHERE staff_tag = ?", (Object) tag).filter(this::lives);
    }

    private boolean lives(Lease lease) {
        return lease.expiresAt().isAfter(clock.now());
    }

    private Lease lease(ResultSet row) throws SQLException {
        return LeaseCodec.decode(row.getLong("fence"), row.getLong("version"), wrap.open(place(row.getBytes("staff_tag")), row.getBytes("sealed")));
    }

    private void write(Connection connection, Lease lease) throws SQLException {
        byte[] tag = tag(lease.staff());
        Sql.update(connection, "INSERT INTO desk_lease (staff_tag, fence, version, expiry_day, sealed) VALUES (?, ?, 1, ?, ?)"
            + " ON CONFLICT (staff_tag) DO UPDATE SET fence = excluded.fence, version = version + 1, expiry_day = excluded.expiry_day, sealed = excluded.sealed",
            tag, lease.fence(), LocalDate.ofInstant(lease.expiresAt(), ZoneOffset.UTC).toEpochDay(), wrap.seal(place(tag), LeaseCodec.encode(lease)));
    }

    @Override
    public Purge purge(Duration kept) {
        return new SqliteExpiry(store, "desk lease", "desk_lease", kept, row -> !lives(lease(row)));
    }

    @Override
    public Future<Integer> forgetGivenBack(int limit) {
        return store.read(connection -> Sql.list(connection, this::lease, "SELECT * FROM desk_lease").stream().filter(lease -> lease.outlived(clock.now()) > 0).map(Lease::staff).limit(limit).toList())
            .compose(stale -> stale.isEmpty() ? Future.succeededFuture(0) : store.write(connection -> forgetGivenBack(connection, stale)));
    }

    private int forgetGivenBack(Connection connection, List<StaffId> stale) throws SQLException {
        int forgotten = 0;
        for (StaffId staff : stale) {
            Optional<Lease> lease = read(connection, tag(staff));
            if (lease.isPresent()) {
                forgotten += lease.get().outlived(clock.now());
                write(connection, lease.get().forgot(clock.now()));
            }
        }
        return forgotten;
    }

    private byte[] tag(StaffId staff) {
        return wrap.tag("staff", staff.id().bytes());
    }

    private static String place(byte[] tag) {
        return "desk_lease/" + HexFormat.of().formatHex(tag);
    }
}
