package nl.naast.live;

import java.util.Set;
import nl.naast.access.TokenHash;

/** A desk's connection. */
interface DeskLink extends Link {
    /** A desk with this fence has the lease now. */
    void leaseTaken(long fence);

    void signedOut();

    /** Another process says that her session may be over: it is looked at, not believed. */
    void askSession();

    /** The tag of its session. */
    TokenHash session();

    /** The languages its expert speaks. */
    Set<String> languages();
}
