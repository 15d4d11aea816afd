package nl.naast.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.conversation.Guest.Stage;
import nl.naast.platform.Problem;

/**
 * A seat becomes empty without the conversation ending. The lead's: a guest who is in to take over becomes the lead; else the visitor waits again, with the arrival number that she has, so first in line, unless she was added by
 * something that no desk can join ({@link MissedJoin}). The guest's: the lead goes on alone.
 */
final class ReleaseConversation {
    private ReleaseConversation() {
    }

    /** By the expert who leads it. She may give a talk over without saying why, and is not given this visitor again; unless it was her desk that could not go on. */
    static Step<Void> decide(Conversation row, Member by, boolean again, Policy policy, Instant now) {
        if (by.in(row).filter(party -> party == Party.EXPERT).isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        return switch (row.state()) {
            case ENDED -> Step.refuse(Problem.CLOSED);
            case JOINING -> MissedJoin.decide(row, Again.RELEASED, policy, now);
            case WAITING, CLAIMED -> Step.to(row.released(Again.RELEASED, minute(now)), null);
            case TALKING -> Step.to(gone(again ? row : row.withFacts(row.facts().passing(row.claim().orElseThrow().staff())), Again.RELEASED, now), null);
        };
    }

    /** By the server: only if this very seat still stands. */
    static Step<Void> decide(Conversation row, ClaimId seat, Again again, Instant now) {
        if (row.open() && row.guests(seat)) {
            return Step.to(row.withoutGuest(false), null);
        }
        return stands(row, seat) ? Step.to(gone(row, again, now), null) : Step.stay(null);
    }

    /** By the server, from a desk that can join nobody now: only if this very seat still stands, and its person has not joined. */
    static Step<Void> unjoined(Conversation row, ClaimId seat, Again again, Instant now) {
        boolean joined = row.guests(seat) ? row.stage().filter(Stage.IN::equals).isPresent() : row.state() == State.TALKING;
        return joined ? Step.stay(null) : decide(row, seat, again, now);
    }

    /** By the server: only if this very seat still stands at the desk that was looked at, and did not go over to a newer one meanwhile. */
    static Step<Void> vanished(Conversation row, Claim seen, Instant now) {
        return row.seats().stream().anyMatch(seat -> seat.id().equals(seen.id()) && seat.fence() == seen.fence()) ? decide(row, seen.id(), Again.VANISHED, now) : Step.stay(null);
    }

    private static Conversation gone(Conversation row, Again again, Instant now) {
        boolean goesOn = row.state() == State.TALKING && row.stage().filter(Stage.IN::equals).isPresent() && row.guest().filter(guest -> guest.purpose() == Purpose.TRANSFER).isPresent();
        return goesOn ? row.handedOver() : row.released(again, minute(now));
    }

    /** Whether this is the claim of whoever leads it now. */
    static boolean stands(Conversation row, ClaimId claim) {
        return row.open() && row.claim().filter(c -> c.id().equals(claim)).isPresent();
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
