package nl.naast.wire;

import nl.naast.conversation.ConversationId;
import nl.naast.conversation.EnvelopeId;
import nl.naast.conversation.Kind;

/** What both sides do in a conversation (protocol.md §4). */
public sealed interface Act {
    ConversationId conversation();

    record Append(ConversationId conversation, EnvelopeId id, Kind kind, byte[] body) implements Act {
    }

    record Fetch(ConversationId conversation, long after, int limit) implements Act {
    }

    record Ack(ConversationId conversation, long seq) implements Act {
    }

    record Signal(ConversationId conversation, byte[] body) implements Act {
    }
}
