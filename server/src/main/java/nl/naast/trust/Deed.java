package nl.naast.trust;

import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/**
 * What a signer did, and what she is told.
 *
 * @param told  to her
 * @param deed  a word for the audit trail; empty: she only asked again
 * @param about whose statement
 */
record Deed<T>(Outcome<T> told, Optional<String> deed, Optional<StaffId> about) {
    static <T> Deed<T> refused(Problem problem) {
        return new Deed<>(Outcome.refused(problem), Optional.empty(), Optional.empty());
    }

    static <T> Deed<T> before(T told) {
        return new Deed<>(Outcome.done(told), Optional.empty(), Optional.empty());
    }

    static <T> Deed<T> done(T told, String deed, Optional<StaffId> about) {
        return new Deed<>(Outcome.done(told), Optional.of(deed), about);
    }
}
