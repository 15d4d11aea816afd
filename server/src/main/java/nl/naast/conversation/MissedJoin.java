package nl.naast.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Conversation.Why;
import nl.naast.conversation.Guest.Stage;

/**
 * Somebody claimed her and nobody joined (protocol.md §7). Through the expert's fault she is at the head again. But whoever is there and takes nobody in, or adds by what no desk can join, would take every next expert from the
 * head for ever: she goes to the end of the line, and the next time it ends. After an add the first time is forgiven, since it may have been the desk.
 */
final class MissedJoin {
    private static final int LAST_IN_LINE = 2;

    private MissedJoin() {
    }

    /** By the server, when the time for the join is over: only if this very seat still stands and brought nobody; a guest who does not come is no guest any more. @param there whether her line stands now: whose line is broken has missed nothing by her own fault */
    static Step<Void> decide(Conversation row, ClaimId claim, boolean there, Policy policy, Instant now) {
        if (row.guests(claim)) {
            return row.stage().filter(Stage.JOINING::equals).isPresent() ? ReleaseConversation.decide(row, claim, Again.NO_JOIN, now) : Step.stay(null);
        }
        if (!ReleaseConversation.stands(row, claim) || row.state() == State.TALKING) {
            return Step.stay(null);
        }
        return row.state() == State.CLAIMED && !there ? Step.to(row.released(Again.NO_JOIN, minute(now)), null) : decide(row, Again.NO_JOIN, policy, now);
    }

    /** @param again why the claim ends, as she is told */
    static Step<Void> decide(Conversation row, Again again, Policy policy, Instant now) {
        int missed = row.state() == State.CLAIMED ? Math.max(LAST_IN_LINE, row.facts().missed() + 1) : row.facts().missed() + 1;
        if (missed > LAST_IN_LINE) {
            return EndConversation.end(row, Why.GONE, policy, now);
        }
        Conversation released = row.released(again, minute(now));
        Conversation counted = released.with(released.state(), released.log(), released.facts().withMissed(missed));
        return Step.to(missed == LAST_IN_LINE ? counted.last(minute(now)) : counted, null);
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
