package nl.naast.conversation;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.platform.Purge;
import nl.naast.platform.Outcome;

/** Where conversations and their envelopes are kept. Nothing expired is ever returned or changed, also when the sweep stands still. */
interface Conversations {
    /** What {@link #change} did: the answer, and, when something was stored, the row before and after it. */
    record Changed<T>(Outcome<T> outcome, Optional<Change> change) {
    }

    /**
     * Reads the row, asks the rule, and writes what it says in one write that is conditional on the row's version; asks again when somebody was faster. Envelopes that nobody needs after the change
     * are destroyed with it.
     *
     * @param rule pure; may be asked more than once
     * @return refused as unknown when there is no such row
     */
    <T> Future<Changed<T>> change(ConversationId id, Function<Conversation, Step<T>> rule);

    /** As {@link #change}; the answer may take a few milliseconds more, where that spares the disk a commit of its own. */
    default <T> Future<Changed<T>> changeSoon(ConversationId id, Function<Conversation, Step<T>> rule) {
        return change(id, rule);
    }

    Future<Optional<Conversation>> find(ConversationId id);

    Future<Optional<Conversation>> ofVisitor(TokenHash visitor);

    /** Those in which a guest is called and nobody has answered. */
    Future<List<Conversation>> calls();

    Future<Optional<Conversation>> ofCall(ClaimId call);

    /** Those that this member of staff has, as the lead or as a guest, or had at their end. */
    Future<List<Conversation>> ofStaff(StaffId staff);

    /** All that have not ended. */
    Future<List<Conversation>> open();

    /** @return the first {@code limit} envelopes with a sequence number above {@code after}, in order, without those of them that have expired and were not swept yet: fewer than the limit does not mean that there are no more */
    Future<List<Envelope>> envelopes(ConversationId id, long after, int limit);

    /** Envelopes first, so that each is counted; what a destroyed conversation still had goes with it. */
    List<Purge> purges(Policy policy);
}
