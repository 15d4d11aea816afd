package nl.naast.queue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
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
        byte[] plain = new JsonObject().put("language", wait.language()).put("minutes", wait.minutes()).put("expires", wait.expiresAt().getEpochSecond() / 60).toBuffer().getBytes();
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
                    Measured wait = decode(wrap.open("wait", found.getBytes(1)));
                    if (wait.expiresAt().isAfter(clock.now())) {
                        waits.add(wait);
                    }
                }
            }
            return waits;
        });
    }

    private static Measured decode(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        return new Measured(json.getString("language"), json.getInteger("minutes"), Instant.ofEpochSecond(json.getLong("expires") * 60));
    }

    /** @param kept how long the measurer lets each live */
    Purge purge(Duration kept) {
        return new SqliteExpiry(store, "measured wait", "wait", kept, row -> !decode(wrap.open("wait", row.getBytes("sealed"))).expiresAt().isAfter(clock.now()));
    }
}
