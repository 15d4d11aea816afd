package nl.naast.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import nl.naast.conversation.Conversation.Again;
import nl.naast.platform.Problem;

/** A claim ends without the conversation ending: the visitor waits again, with the arrival number that she has, so first in line. */
final class ReleaseConversation {
    private ReleaseConversation() {
    }

    /** By the expert who has it. */
    static Step<Void> decide(Conversation row, Member by, Instant now) {
        if (by.in(row).filter(party -> party == Party.EXPERT).isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        return row.open() ? Step.to(row.released(Again.RELEASED, minute(now)), null) : Step.refuse(Problem.CLOSED);
    }

    /** By the server: only if this very claim still stands. */
    static Step<Void> decide(Conversation row, ClaimId claim, Again again, Instant now) {
        boolean stands = row.open() && row.claim().filter(c -> c.id().equals(claim)).isPresent();
        return stands ? Step.to(row.released(again, minute(now)), null) : Step.stay(null);
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
