package nl.naast.conversation;

import java.util.Optional;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.conversation.Guest.Stage;
import nl.naast.platform.Problem;

/** "I need nothing up to here any more": cumulative, never backwards. The expert's first, of the add that brought her in, says that she has joined; a guest who was called to take over at once is the lead from then on. */
final class AckEnvelopes {
    private AckEnvelopes() {
    }

    static Step<Void> decide(Conversation row, Member by, long seq) {
        Optional<Party> party = by.in(row);
        if (party.isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        Log log = row.log();
        if (seq > log.seq()) {
            return Step.refuse(Problem.MALFORMED);
        }
        return switch (party.get()) {
            case VISITOR -> seq <= log.visitorAck() ? Step.stay(null) : Step.to(row.withLog(log.acked(seq, log.expertAck(), log.guestAck())), null);
            case EXPERT -> seq <= log.expertAck() || log.fromSeq() == 0 ? Step.stay(null) : Step.to(joined(row, log.acked(log.visitorAck(), seq, log.guestAck())), null);
            case GUEST -> seq <= log.guestAck() || !row.guestJoined() ? Step.stay(null) : Step.to(in(row.withLog(log.acked(log.visitorAck(), log.expertAck(), seq))), null);
        };
    }

    private static Conversation joined(Conversation row, Log log) {
        return row.state() == State.JOINING ? row.with(State.TALKING, log, row.facts().withMissed(0)) : row.withLog(log);
    }

    private static Conversation in(Conversation row) {
        boolean takesOver = row.state() == State.TALKING && row.stage().filter(Stage.IN::equals).isPresent() && row.guest().filter(guest -> guest.purpose() == Purpose.TRANSFER && !guest.warm()).isPresent();
        return takesOver ? row.handedOver() : row;
    }
}
