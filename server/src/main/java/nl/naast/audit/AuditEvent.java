package nl.naast.audit;

import java.util.Map;
import java.util.Optional;
import nl.naast.platform.Id16;

/** What is worth a line in the audit trail: who of the staff did what to what, and what was destroyed. Never content, never an address, never anything about a visitor but a count. */
public sealed interface AuditEvent {
    /**
     * A member of staff, or the system, did something to somebody or something.
     *
     * @param who the member of staff; empty = the system itself
     * @param deed one word of a fixed list, such as {@code suspended}; never text that somebody typed
     * @param about the staff member, invitation or desk it was done to; never a conversation, never a visitor
     */
    record Deed(Optional<Id16> who, String deed, Optional<Id16> about) implements AuditEvent {
    }

    /** The receipt of one sweep: how many of each kind of thing were destroyed (the rows of docs/retention.md). */
    record Destroyed(Map<String, Integer> counts) implements AuditEvent {
        public Destroyed {
            counts = Map.copyOf(counts);
        }
    }
}
