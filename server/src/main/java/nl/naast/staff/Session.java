package nl.naast.staff;

import java.time.Instant;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;

/** A browser that is signed in. Locked: its person must prove herself anew. */
record Session(TokenHash token, StaffId who, boolean locked, Instant endsAt) {
}
