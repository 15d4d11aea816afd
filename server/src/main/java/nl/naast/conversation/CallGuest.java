package nl.naast.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.conversation.Guest.Stage;
import nl.naast.platform.Problem;

/**
 * A third person comes and goes (protocol.md §7). Every step is one conditional write of the one row, so whatever two people want at once, one of them is first and the other is told how it stands.
 */
final class CallGuest {
    private CallGuest() {
    }

    /** The lead asks for somebody. */
    static Step<Void> call(Conversation row, Member by, ClaimId call, Purpose purpose, boolean warm) {
        if (by.in(row).filter(party -> party == Party.EXPERT).isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        if (!row.open()) {
            return Step.refuse(Problem.CLOSED);
        }
        if (row.guest().isPresent()) {
            return row.guest().get().call().equals(call) ? Step.stay(null) : Step.refuse(Problem.NOT_NOW);
        }
        boolean own = row.claim().orElseThrow().id().equals(call);
        return row.state() == State.TALKING && !own ? Step.to(row.withGuest(Guest.called(call, purpose, warm)), null) : Step.refuse(Problem.NOT_NOW);
    }

    /** Somebody comes: the first. @return empty when she may not, or somebody else did: these look alike */
    static Step<Optional<Conversation>> answer(Conversation row, Claim seat) {
        Optional<Guest> called = row.guest().filter(guest -> guest.call().equals(seat.id()));
        if (row.state() != State.TALKING || called.isEmpty()) {
            return Step.stay(Optional.empty());
        }
        Optional<Claim> has = called.get().seat();
        if (has.isPresent()) {
            return Step.stay(has.filter(had -> had.staff().equals(seat.staff()) && had.fence() == seat.fence()).map(had -> row));
        }
        if (row.seatOf(seat.staff()).isPresent() || row.passes(seat.staff())) {
            return Step.stay(Optional.empty());
        }
        Conversation answered = row.withGuest(called.get().answered(seat));
        return Step.to(answered, Optional.of(answered));
    }

    /** The lead takes the call back, or sends the guest away; or the guest goes. */
    static Step<Void> uncall(Conversation row, Member by, ClaimId call) {
        if (by.in(row).filter(party -> party != Party.VISITOR).isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        return clear(row, call, false);
    }

    /** The visitor says no, at first or later: nothing is relayed to or from that guest any more; her client sees to the group. */
    static Step<Void> decline(Conversation row, Member by, ClaimId call) {
        return by.in(row).filter(party -> party == Party.VISITOR).isEmpty() ? Step.refuse(Problem.UNKNOWN) : clear(row, call, true);
    }

    private static Step<Void> clear(Conversation row, ClaimId call, boolean declined) {
        if (!row.open()) {
            return Step.refuse(Problem.CLOSED);
        }
        if (row.claim().filter(lead -> lead.id().equals(call)).isPresent()) {
            return Step.refuse(Problem.NOT_NOW); // she has become the lead meanwhile
        }
        return row.guest().filter(guest -> guest.call().equals(call)).isPresent() ? Step.to(row.withoutGuest(declined), null) : Step.stay(null);
    }

    /** The guest takes over from the lead who called her. */
    static Step<Void> handOver(Conversation row, Member by, ClaimId call) {
        if (by.in(row).filter(party -> party == Party.EXPERT).isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        if (!row.open()) {
            return Step.refuse(Problem.CLOSED);
        }
        boolean may = row.guest().filter(guest -> guest.call().equals(call) && guest.purpose() == Purpose.TRANSFER).isPresent() && row.stage().filter(Stage.IN::equals).isPresent();
        return may ? Step.to(row.handedOver(), null) : Step.refuse(Problem.NOT_NOW);
    }

    /** The visitor wants another person, without a reason: whoever talks with her has her no more, and is not given her again. She stands at the head. */
    static Step<Void> another(Conversation row, Member by, Instant now) {
        if (by.in(row).filter(party -> party == Party.VISITOR).isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        return switch (row.state()) {
            case ENDED -> Step.refuse(Problem.CLOSED);
            case WAITING -> Step.stay(null);
            // Whom she had is gone already, and this one did nothing yet.
            case CLAIMED, JOINING -> Step.refuse(Problem.NOT_NOW);
            case TALKING -> Step.to(row.withFacts(row.facts().passing(row.claim().orElseThrow().staff())).released(Again.ANOTHER, now.truncatedTo(ChronoUnit.MINUTES)), null);
        };
    }
}
