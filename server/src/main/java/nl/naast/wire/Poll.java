package nl.naast.wire;

import java.util.Map;
import nl.naast.platform.Id16;

/** The fallback's listening half: which view the client has, and how far it has read. */
public sealed interface Poll {
    long version();

    /** @param rev of the view it has, 0 = none */
    record OfVisitor(long version, long rev, long after) implements Poll {
    }

    /** @param after cursors by conversation */
    record OfDesk(long version, long rev, Map<Id16, Long> after) implements Poll {
    }
}
