package nl.naast.access;

import io.vertx.core.Future;
import java.util.Optional;
import nl.naast.platform.SecretBytes;

/** Who a session token belongs to. Implemented by the capability that signs staff in. */
public interface StaffSessions {
    /**
     * @param token as it stood in the cookie; the caller closes it
     * @return the session, or empty when there is none, or it is locked, ended, expired, or its person suspended: these look alike
     */
    Future<Optional<StaffSession>> byToken(SecretBytes token);

    /** The same for a session that was found before: a socket that stays open asks again and again. */
    Future<Optional<StaffSession>> still(TokenHash token);

    /** From then on it opens nothing but a fresh sign-in and a sign-out. Repeatable; nobody is told: whoever locks it says so where that must be known. */
    Future<Void> lock(TokenHash token);
}
