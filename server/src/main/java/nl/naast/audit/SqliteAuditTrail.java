package nl.naast.audit;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nl.naast.canon.Hash;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteExpiry;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** The trail in SQLite: number and expiry day in clear, everything else sealed, the hash of the line before inside the seal. */
final class SqliteAuditTrail implements AuditTrail {
    static final List<String> SCHEMA = List.of(
        "CREATE TABLE audit (number INTEGER PRIMARY KEY AUTOINCREMENT, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE INDEX audit_expiry ON audit (expiry_day)");

    private record Row(long number, long expiryDay, byte[] sealed) {
        byte[] hash() {
            return Hash.of(ByteBuffer.allocate(16 + sealed.length).putLong(number).putLong(expiryDay).put(sealed).array()).bytes();
        }
    }

    private final SqliteStore store;
    private final Wrap wrap;
    private final Clock clock;
    private final Duration kept;

    SqliteAuditTrail(SqliteStore store, Wrap wrap, Clock clock, Duration kept) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
        this.kept = kept;
    }

    @Override
    public Future<Void> add(AuditEvent event) {
        return store.write(connection -> {
            List<Row> last = rows(connection, "SELECT number, expiry_day, sealed FROM audit ORDER BY number DESC LIMIT 1");
            Instant minute = clock.now().truncatedTo(ChronoUnit.MINUTES);
            Instant expires = minute.plus(kept);
            byte[] before = last.isEmpty() ? new byte[32] : last.getFirst().hash();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO audit (expiry_day, sealed) VALUES (?, ?)")) {
                insert.setLong(1, LocalDate.ofInstant(expires, ZoneOffset.UTC).toEpochDay());
                insert.setBytes(2, wrap.seal("audit", new AuditCodec(minute, event, before, expires).encode()));
                insert.executeUpdate();
            }
            return null;
        });
    }

    @Override
    public Future<List<Line>> after(long number, int limit) {
        return store.read(connection -> {
            List<Line> lines = new ArrayList<>();
            for (Row row : rows(connection, "SELECT number, expiry_day, sealed FROM audit WHERE number > " + number + " ORDER BY number LIMIT " + limit)) {
                AuditCodec line = open(row);
                if (line.expiresAt().isAfter(clock.now())) {
                    lines.add(new Line(row.number(), line.minute(), line.event()));
                }
            }
            return lines;
        });
    }

    @Override
    public Future<Boolean> intact() {
        return store.read(connection -> {
            byte[] before = null;
            for (Row row : rows(connection, "SELECT number, expiry_day, sealed FROM audit ORDER BY number")) {
                if (before != null && !Arrays.equals(before, open(row).before())) {
                    return false;
                }
                before = row.hash();
            }
            return true;
        });
    }

    Purge purge() {
        return new SqliteExpiry(store, "audit line", "audit", kept, row -> !AuditCodec.decode(wrap.open("audit", row.getBytes("sealed"))).expiresAt().isAfter(clock.now()));
    }

    private AuditCodec open(Row row) {
        return AuditCodec.decode(wrap.open("audit", row.sealed()));
    }

    private static List<Row> rows(Connection connection, String sql) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql); ResultSet found = select.executeQuery()) {
            while (found.next()) {
                rows.add(new Row(found.getLong(1), found.getLong(2), found.getBytes(3)));
            }
        }
        return rows;
    }
}
