package nl.naast.staff;

import java.time.Instant;
import nl.naast.access.StaffId;

/**
 * What an authenticator is asked to sign, once and before {@code expiresAt}.
 *
 * @param value     the challenge itself, as it stands in the options
 * @param person    for a registration: the id the new person will have; for a further passkey: whose it will be; for an act: whose it is; for a sign-in: nobody's
 * @param expiresAt whole seconds
 */
record Challenge(Purpose purpose, String value, StaffId person, Instant expiresAt) {
    enum Purpose { REGISTER, ADD, SIGN_IN, PROVE }
}
