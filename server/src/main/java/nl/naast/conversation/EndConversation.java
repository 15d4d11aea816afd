package nl.naast.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import nl.naast.conversation.Conversation.Why;
import nl.naast.platform.Problem;

/** The ends of a conversation: she left, her expert closed it, she is gone, its time is over. The first end stands; repeating one changes nothing. */
final class EndConversation {
    private EndConversation() {
    }

    /** {@code LEFT} by the visitor, {@code CLOSED} by her expert; nobody ends it otherwise. */
    static Step<Void> decide(Conversation row, Member by, Policy policy, Instant now) {
        Optional<Party> party = by.in(row);
        if (party.isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        return switch (party.get()) {
            case VISITOR -> end(row, Why.LEFT, policy, now);
            case EXPERT -> end(row, Why.CLOSED, policy, now);
            // It is not hers to end.
            case GUEST -> Step.refuse(Problem.UNKNOWN);
        };
    }

    /** By the server itself: only while the row is still as it was when that was decided. */
    static Step<Void> decide(Conversation row, Conversation seen, Why why, Policy policy, Instant now) {
        return row.version() == seen.version() ? end(row, why, policy, now) : Step.stay(null);
    }

    static Step<Void> end(Conversation row, Why why, Policy policy, Instant now) {
        return row.open() ? Step.to(row.ended(why, minute(now), minute(now.plus(policy.afterEnd()))), null) : Step.stay(null);
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
