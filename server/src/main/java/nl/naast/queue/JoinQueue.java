package nl.naast.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import nl.naast.abuse.RateLimit;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Announcer;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.ConversationId;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/**
 * A place in the line for whoever asks; the capability and the ids are her client's, so asking again gives the same place. A capability costs nothing to make, so its own rate keeps nobody from joining with a thousand of
 * them: all together have one rate here, before anything is written. Who comes too fast is told busy: her client asks again.
 */
final class JoinQueue {
    private static final String EVERYBODY = "joins";

    private final WaitingLine line;
    private final Announcer announcer;
    private final Clock clock;
    private final QueuePolicy policy;
    private final RateLimit joins;

    JoinQueue(WaitingLine line, Announcer announcer, Clock clock, QueuePolicy policy, RateLimit joins) {
        this.line = line;
        this.announcer = announcer;
        this.clock = clock;
        this.policy = policy;
        this.joins = joins;
    }

    Future<Outcome<Conversation>> join(TokenHash visitor, ConversationId id, String language, byte[] consentKey) {
        Set<String> spoken = policy.languages();
        if (!spoken.contains(language) || consentKey.length != 65 || consentKey[0] != 4) {
            return Future.succeededFuture(Outcome.refused(Problem.MALFORMED));
        }
        if (!joins.take(EVERYBODY)) {
            return Future.succeededFuture(Outcome.refused(Problem.BUSY));
        }
        Instant now = clock.now().truncatedTo(ChronoUnit.MINUTES);
        Duration life = policy.openLife().plus(policy.afterEnd());
        return line.join(Conversation.fresh(id, visitor, language, consentKey, now, now.plus(life)), policy.waiting(), policy.open()).map(placed -> {
            placed.change().ifPresent(announcer::announce);
            return placed.outcome();
        });
    }
}
