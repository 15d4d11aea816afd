package nl.naast.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.platform.Problem;

/** A claim ends without the conversation ending: the visitor waits again, with the arrival number that she has, so first in line; unless she was added by something that no desk can join ({@link MissedJoin}). */
final class ReleaseConversation {
    private ReleaseConversation() {
    }

    /** By the expert who has it. */
    static Step<Void> decide(Conversation row, Member by, Policy policy, Instant now) {
        if (by.in(row).filter(party -> party == Party.EXPERT).isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        return switch (row.state()) {
            case ENDED -> Step.refuse(Problem.CLOSED);
            case JOINING -> MissedJoin.decide(row, Again.RELEASED, policy, now);
            case WAITING, CLAIMED, TALKING -> Step.to(row.released(Again.RELEASED, minute(now)), null);
        };
    }

    /** By the server: only if this very claim still stands. */
    static Step<Void> decide(Conversation row, ClaimId claim, Again again, Instant now) {
        return stands(row, claim) ? Step.to(row.released(again, minute(now)), null) : Step.stay(null);
    }

    /** By the server, from a desk that can join nobody now: only if this very claim still stands, and nobody has joined. */
    static Step<Void> unjoined(Conversation row, ClaimId claim, Again again, Instant now) {
        return row.state() == State.TALKING ? Step.stay(null) : decide(row, claim, again, now);
    }

    /** By the server: only if this very claim still stands at the desk that was looked at, and did not go over to a newer one meanwhile. */
    static Step<Void> vanished(Conversation row, Claim seen, Instant now) {
        return row.claim().filter(claim -> claim.fence() == seen.fence()).isPresent() ? decide(row, seen.id(), Again.VANISHED, now) : Step.stay(null);
    }

    static boolean stands(Conversation row, ClaimId claim) {
        return row.open() && row.claim().filter(c -> c.id().equals(claim)).isPresent();
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
