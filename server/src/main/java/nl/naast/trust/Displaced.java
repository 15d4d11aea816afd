package nl.naast.trust;

import io.vertx.core.Future;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;

/** Asked to give back what somebody has under a statement that is not served any more: visitors are to be told in words, before their pages drop her without one. Implemented by the capability that has the desks. */
public interface Displaced {
    /** Newer keys are about to take the place of those at her desk. When it fails, they do not. @param by the session in which the newer were made */
    Future<Void> overtaken(StaffId who, TokenHash by);

    /** @param revoked a signer revoked it, or a newer roster leaves it out; false: a newer statement of hers takes its place */
    Future<Void> stopped(StaffId who, boolean revoked);
}
