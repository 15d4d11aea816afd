package nl.naast.live;

import java.util.Set;

/** A desk's connection. */
interface DeskLink extends Link {
    /** A desk with this fence has the lease now. */
    void leaseTaken(long fence);

    void signedOut();

    /** The languages its expert speaks. */
    Set<String> languages();
}
