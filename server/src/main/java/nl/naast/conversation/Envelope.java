package nl.naast.conversation;

/** One encrypted thing in a conversation. {@code seq} counts from 1 without gaps; the body is ciphertext that only the members can read. */
public record Envelope(ConversationId conversation, long seq, EnvelopeId id, Party from, Kind kind, byte[] body) {
    @Override
    public String toString() {
        return "Envelope[" + kind + "]";
    }
}
