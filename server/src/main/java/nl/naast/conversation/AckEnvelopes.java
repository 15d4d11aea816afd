package nl.naast.conversation;

import java.util.Optional;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.State;
import nl.naast.platform.Problem;

/** "I need nothing up to here any more": cumulative, never backwards. The expert's first, of the add that brought her in, says that she has joined. */
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
            case VISITOR -> seq <= log.visitorAck() ? Step.stay(null) : Step.to(row.withLog(acked(log, seq, log.expertAck())), null);
            case EXPERT -> seq <= log.expertAck() || log.fromSeq() == 0 ? Step.stay(null) : Step.to(joined(row, acked(log, log.visitorAck(), seq)), null);
        };
    }

    private static Conversation joined(Conversation row, Log log) {
        return row.state() == State.JOINING ? row.with(State.TALKING, log, row.facts().withMissed(0)) : row.withLog(log);
    }

    private static Log acked(Log log, long visitor, long expert) {
        return new Log(log.groupTag(), log.epoch(), log.seq(), log.fromSeq(), visitor, expert);
    }
}
