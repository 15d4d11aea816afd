package nl.naast.conversation;

import io.vertx.core.Future;
import java.util.function.Function;
import nl.naast.platform.Outcome;

/** Changes a conversation by a rule, and announces what was stored. */
final class Relay {
    private final Conversations conversations;
    private final Announcer announcer;

    Relay(Conversations conversations, Announcer announcer) {
        this.conversations = conversations;
        this.announcer = announcer;
    }

    <T> Future<Outcome<T>> change(ConversationId id, Function<Conversation, Step<T>> rule) {
        return announced(conversations.change(id, rule));
    }

    /** For what nobody waits for. */
    <T> Future<Outcome<T>> changeSoon(ConversationId id, Function<Conversation, Step<T>> rule) {
        return announced(conversations.changeSoon(id, rule));
    }

    private <T> Future<Outcome<T>> announced(Future<Conversations.Changed<T>> written) {
        return written.map(changed -> {
            changed.change().ifPresent(announcer::announce);
            return changed.outcome();
        });
    }
}
