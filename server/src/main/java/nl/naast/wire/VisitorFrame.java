package nl.naast.wire;

import java.util.Optional;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.ConversationId;
import nl.naast.platform.SecretBytes;

/** What a visitor's page says (protocol.md §4). */
public sealed interface VisitorFrame extends ClientFrame {
    /** {@code version}: any number; which are spoken here is decided by whoever greets. */
    record Hello(long version, SecretBytes capability) implements VisitorFrame {
        @Override
        public int n() {
            return 0;
        }
    }

    record Join(int n, ConversationId conversation, String language, byte[] consentKey) implements VisitorFrame {
    }

    /** {@code signal}: her last one, relayed before the end; in the same frame, so that the end cannot overtake it. */
    record Leave(int n, ConversationId conversation, boolean quick, Optional<byte[]> signal) implements VisitorFrame {
    }

    record Does(int n, Act act) implements VisitorFrame {
    }

    /** No to a guest, or she sends her away. */
    record Decline(int n, ConversationId conversation, ClaimId call) implements VisitorFrame {
    }

    record Another(int n, ConversationId conversation) implements VisitorFrame {
    }

    record Ping(int n) implements VisitorFrame {
    }
}
