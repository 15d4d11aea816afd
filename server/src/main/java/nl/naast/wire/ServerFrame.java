package nl.naast.wire;

import java.util.List;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Envelope;
import nl.naast.conversation.EnvelopeId;
import nl.naast.platform.Problem;

/** What the server says (protocol.md §4–§6). {@code n}: the request number that is answered. */
public sealed interface ServerFrame {
    int VERSION = 1;

    record Ready(int beatSeconds) implements ServerFrame {
    }

    record Joined(int n, VisitorView view) implements ServerFrame {
    }

    record Left(int n) implements ServerFrame {
    }

    record Stored(int n, EnvelopeId id, long seq) implements ServerFrame {
    }

    record Envelopes(int n, ConversationId conversation, List<Envelope> items, boolean more) implements ServerFrame {
    }

    record Acked(int n) implements ServerFrame {
    }

    record Signalled(int n) implements ServerFrame {
    }

    record Pong(int n) implements ServerFrame {
    }

    record Refused(int n, Problem problem) implements ServerFrame {
    }

    record Leased(int n, long fence, int beatSeconds, int slots, DeskView view) implements ServerFrame {
    }

    record Noted(int n) implements ServerFrame {
    }

    record Claimed(int n, ConversationId conversation, String language) implements ServerFrame {
    }

    record Nobody(int n) implements ServerFrame {
    }

    record Closed(int n) implements ServerFrame {
    }

    record Released(int n) implements ServerFrame {
    }

    record Called(int n) implements ServerFrame {
    }

    record Answered(int n, ConversationId conversation, String language) implements ServerFrame {
    }

    record Uncalled(int n) implements ServerFrame {
    }

    record HandedOver(int n) implements ServerFrame {
    }

    record Declined(int n) implements ServerFrame {
    }

    record Pushed(Envelope envelope) implements ServerFrame {
    }

    record Hint(ConversationId conversation, long seq) implements ServerFrame {
    }

    record Signal(ConversationId conversation, byte[] body) implements ServerFrame {
    }

    record Beat() implements ServerFrame {
    }

    /** @param afterMs come back after a random wait of at most this */
    record Reconnect(int afterMs) implements ServerFrame {
    }

    record LeaseLost() implements ServerFrame {
    }

    record SignedOut() implements ServerFrame {
    }

    record SeenByVisitor(VisitorView view) implements ServerFrame {
    }

    record SeenByDesk(DeskView view) implements ServerFrame {
    }

    /** The fallback's answer to a poll. */
    record News(List<ServerFrame> frames) implements ServerFrame {
    }

    /** The frame as the text that goes over the wire. */
    default String text() {
        return FrameWriter.text(this);
    }
}
