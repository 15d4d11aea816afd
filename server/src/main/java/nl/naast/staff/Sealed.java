package nl.naast.staff;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import nl.naast.access.StaffId;
import nl.naast.platform.Wrap;

/** How this package's rows are stored: facts as sealed JSON, bound to table and key; what a search needs as tags. */
record Sealed(Wrap wrap) {
    byte[] seal(String table, byte[] key, JsonObject facts) {
        return wrap.seal(place(table, key), facts.toBuffer().getBytes());
    }

    JsonObject open(String table, byte[] key, byte[] sealed) {
        return new JsonObject(Buffer.buffer(wrap.open(place(table, key), sealed)));
    }

    byte[] person(StaffId id) {
        return wrap.tag("staff person", id.id().bytes());
    }

    private static String place(String table, byte[] key) {
        return table + " " + HexFormat.of().formatHex(key);
    }

    /** The day on which something expires, UTC, as days since 1970. */
    static long day(Instant expiresAt) {
        return LocalDate.ofInstant(expiresAt, ZoneOffset.UTC).toEpochDay();
    }
}
