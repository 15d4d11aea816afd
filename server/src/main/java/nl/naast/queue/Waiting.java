package nl.naast.queue;

import java.time.Instant;
import nl.naast.conversation.ConversationId;

/** One place in the line. {@code since}: whole minutes. */
public record Waiting(ConversationId conversation, String language, Instant since) {
}
