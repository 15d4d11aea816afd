package nl.naast.desk;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
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
        return store.read(connection -> read(connection, staff));
    }

    @Override
    public Future<Changed> change(StaffId staff, UnaryOperator<Lease> rule) {
        return store.write(connection -> {
            Lease before = read(connection, staff).orElseGet(() -> Lease.none(staff));
            Lease after = rule.apply(before);
            if (!after.equals(before)) {
                write(connection, after);
            }
            return new Changed(before, after);
        });
    }

    private Optional<Lease> read(Connection connection, StaffId staff) throws SQLException {
        byte[] tag = tag(staff);
        try (PreparedStatement select = connection.prepareStatement("SELECT fence, version, sealed FROM desk_lease WHERE staff_tag = ?")) {
            select.setBytes(1, tag);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(LeaseCodec.decode(staff, found.getLong(1), found.getLong(2), wrap.open(place(staff), found.getBytes(3)))).filter(lease -> lease.expiresAt().isAfter(clock.now()))
                    : Optional.empty();
            }
        }
    }

    private void write(Connection connection, Lease lease) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement("INSERT INTO desk_lease (staff_tag, fence, version, expiry_day, sealed) VALUES (?, ?, 1, ?, ?)"
            + " ON CONFLICT (staff_tag) DO UPDATE SET fence = excluded.fence, version = version + 1, expiry_day = excluded.expiry_day, sealed = excluded.sealed")) {
            write.setBytes(1, tag(lease.staff()));
            write.setLong(2, lease.fence());
            write.setLong(3, LocalDate.ofInstant(lease.expiresAt(), ZoneOffset.UTC).toEpochDay());
            write.setBytes(4, wrap.seal(place(lease.staff()), LeaseCodec.encode(lease)));
            write.executeUpdate();
        }
    }

    /** A lease that nobody used for so long is destroyed when the day is over: its exact minute needs the staff id to open, which no column tells. */
    Purge purge(Duration kept) {
        return new SqliteExpiry(store, "desk lease", "desk_lease", kept, row -> false);
    }

    private byte[] tag(StaffId staff) {
        return wrap.tag("staff", staff.id().bytes());
    }

    private static String place(StaffId staff) {
        return "desk_lease/" + staff.id().text();
    }
}
