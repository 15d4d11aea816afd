package nl.naast.desk;

import nl.naast.access.StaffId;

/** What a desk that is connected must hear at once. Best effort: a desk that misses it is refused at its next write. */
public interface DeskSignals {
    /** A newer desk has the lease; desks with a lower fence wipe and lock. */
    void leaseTaken(StaffId staff, long fence);

    /** Her session is over: signed out, locked or suspended. */
    void signedOut(StaffId staff);

    /** What her desk shows has changed. */
    void changed(StaffId staff);
}
