package nl.naast.wire;

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

    record Leave(int n, ConversationId conversation, boolean quick) implements VisitorFrame {
    }

    record Does(int n, Act act) implements VisitorFrame {
    }

    record Ping(int n) implements VisitorFrame {
    }
}
