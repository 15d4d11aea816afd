package nl.naast.staff;

import java.time.Instant;
import nl.naast.platform.Id16;

/** Somebody is asked to become a member of staff. Whoever brings its code, once and before {@code expiresAt}, is she. */
record Invitation(Id16 id, Profile profile, Instant expiresAt) {
}
