package nl.naast.staff;

import java.time.Instant;
import nl.naast.access.StaffId;
import nl.naast.platform.Id16;

/**
 * What an authenticator is asked to sign, once and before {@code expiresAt}.
 *
 * @param person for a registration: the id the new person will have; for a sign-in: nobody's
 */
record Challenge(Id16 id, Purpose purpose, StaffId person, Instant expiresAt) {
    enum Purpose { REGISTER, SIGN_IN }
}
