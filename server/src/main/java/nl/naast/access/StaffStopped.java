package nl.naast.access;

import java.util.Optional;

/** Told when a member of staff may not go on: whoever keeps something open for her (a socket, a desk lease, a statement) ends it at once. Implemented by those capabilities, called by the one that signs staff in. */
public interface StaffStopped {
    enum Why { SIGNED_OUT, SUSPENDED }

    /**
     * Comes after the change is stored, so that whoever asks {@link StaffSessions} from now on is refused. A hint: it may be lost with the process, so a long-lived
     * socket also asks again by itself.
     *
     * @param session the one that ended; empty when all of hers did
     */
    void stopped(StaffId who, Optional<TokenHash> session, Why why);
}
