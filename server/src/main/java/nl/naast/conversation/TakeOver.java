package nl.naast.conversation;

import java.time.Instant;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Why;
import nl.naast.conversation.Guest.Stage;

/**
 * A newer desk of the same expert has the lease (protocol.md §7): whom she talks with goes over to it, since it can open what the older had. Of a join that is not done only the older desk has the keys: that claim ends. One
 * that has ended goes over too, so that what the visitor said last is still read. Fences only grow: who comes too late changes nothing.
 */
final class TakeOver {
    private TakeOver() {
    }

    /** Only if this very seat still stands, at an older desk. */
    static Step<Void> decide(Conversation row, ClaimId seat, long fence, Instant now) {
        boolean older = row.seats().stream().anyMatch(had -> had.id().equals(seat) && had.fence() < fence);
        if (!older) {
            return Step.stay(null);
        }
        return row.guests(seat) ? ofGuest(row, seat, fence, now) : ofLead(row, seat, fence, now);
    }

    private static Step<Void> ofLead(Conversation row, ClaimId claim, long fence, Instant now) {
        return switch (row.state()) {
            case TALKING -> Step.to(row.atDesk(fence), null);
            case ENDED -> read(row) ? Step.to(row.atDesk(fence), null) : Step.stay(null);
            case WAITING, CLAIMED, JOINING -> ReleaseConversation.decide(row, claim, Again.RELEASED, now);
        };
    }

    /** What she can read on goes over; a guest who is not in yet is one no more. */
    private static Step<Void> ofGuest(Conversation row, ClaimId call, long fence, Instant now) {
        boolean reads = row.stage().filter(stage -> stage == Stage.IN).isPresent();
        return reads ? Step.to(row.withGuest(row.guest().orElseThrow().atDesk(fence)), null) : ReleaseConversation.decide(row, call, Again.RELEASED, now);
    }

    /** Whether an expert still reads in it after its end: she had joined, and did not end it herself. */
    private static boolean read(Conversation row) {
        return row.log().fromSeq() > 0 && row.facts().why().filter(why -> why != Why.CLOSED).isPresent();
    }
}
