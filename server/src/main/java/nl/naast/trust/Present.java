package nl.naast.trust;

import io.vertx.core.Future;
import nl.naast.access.StaffSession;
import nl.naast.platform.Outcome;

/** A member of staff brings the unsigned statement about keys that her page made; the same again asks where it stands. */
interface Present {
    sealed interface Standing {
        /** The newest roster names it: visitors are given it. Both as signed. */
        record Served(byte[] statement, byte[] roster) implements Standing {
        }

        /** Signatures, or a roster, are still missing. */
        record Proposed() implements Standing {
        }

        /** A signer refused or revoked it: new keys are needed. */
        record Refused() implements Standing {
        }
    }

    /** Refused: malformed (form, dates), not-allowed (not about her: role, alias, languages, organisation; or somebody else's). */
    Future<Outcome<Standing>> present(StaffSession by, byte[] unsigned);
}
