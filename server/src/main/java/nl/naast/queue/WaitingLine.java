package nl.naast.queue;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.platform.Outcome;

/** The line, over the rows that {@code conversation} relays on (ADR 0003). */
interface WaitingLine {
    /** @param change what was stored; empty for a refusal and for a repetition */
    record Placed<T>(Outcome<T> outcome, Optional<Change> change) {
    }

    /**
     * Puts a new row at the end, in one write that holds both limits.
     *
     * @return the row that stands there now: the same for a repetition. Refused as full; as not-now when this capability has another conversation; as unknown when the id is somebody else's
     */
    Future<Placed<Conversation>> join(Conversation fresh, int waitingLimit, int openLimit);

    /**
     * Takes the first who waits for one of these languages, in one conditional write.
     *
     * @return the row that this claim has (the same for a repetition), or empty when nobody waits; refused as limit when the slot is taken
     */
    Future<Placed<Optional<Conversation>>> claimFirst(Claim claim, Set<String> languages);

    /** Everybody who waits, in order. */
    Future<List<Waiting>> line();
}
