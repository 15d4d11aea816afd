package nl.naast.staff;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;

/** A browser that is signed in. Locked: its person must prove herself anew. */
record Session(TokenHash token, StaffId who, boolean locked, Instant endsAt) {
    /** Of a stored one: whether it lasts still, and whoever is in it said that she is there for what needs a coordinator. */
    static boolean isAvailable(JsonObject facts, Instant now) {
        return facts.getBoolean("available", false) && Instant.ofEpochSecond(facts.getLong("ends")).isAfter(now);
    }
}
