package nl.naast.queue;

import io.vertx.core.Future;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteExpiry;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** {@link Waits} in SQLite: number and expiry day in clear, the rest sealed. */
final class SqliteWaits implements Waits {
    static final List<String> SCHEMA = List.of("CREATE TABLE wait (number INTEGER PRIMARY KEY, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT", "CREATE INDEX wait_expiry ON wait (expiry_day)");

    private final SqliteStore store;
    private final Wrap wrap;
    private final Clock clock;

    SqliteWaits(SqliteStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    @Override
    public Future<Void> add(Measured wait) {
        byte[] plain = WaitCodec.encode(wait);
        return store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO wait (expiry_day, sealed) VALUES (?, ?)")) {
                insert.setLong(1, LocalDate.ofInstant(wait.expiresAt(), ZoneOffset.UTC).toEpochDay());
                insert.setBytes(2, wrap.seal("wait", plain));
                insert.executeUpdate();
                return null;
            }
        });
    }

    @Override
    public Future<List<Measured>> newest(int limit) {
        return store.read(connection -> {
            List<Measured> waits = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT sealed FROM wait ORDER BY number DESC LIMIT " + limit); ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Measured wait = WaitCodec.decode(wrap.open("wait", found.getBytes(1)));
                    if (wait.expiresAt().isAfter(clock.now())) {
                        waits.add(wait);
                    }
                }
            }
            return waits;
        });
    }

    @Override
    public Purge purge(Duration kept) {
        return new SqliteExpiry(store, "measured wait", "wait", kept, row -> !WaitCodec.decode(wrap.open("wait", row.getBytes("sealed"))).expiresAt().isAfter(clock.now()));
    }
}
