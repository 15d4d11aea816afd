package nl.naast.desk;

import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;

/** What a desk that is connected must hear at once. Best effort: a desk that misses it is refused at its next write. */
public interface DeskSignals {
    /** A newer desk has the lease; desks with a lower fence wipe and lock. */
    void leaseTaken(StaffId staff, long fence);

    /** A session of hers is over: signed out, locked or suspended. @param session empty: all are */
    void signedOut(StaffId staff, Optional<TokenHash> session);

    /** What her desk shows has changed. */
    void changed(StaffId staff);
}
