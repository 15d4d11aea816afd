package nl.naast.conversation;

import java.nio.ByteBuffer;
import java.time.Instant;
import nl.naast.platform.Outcome;
import nl.naast.platform.Wrap;

/** What of an envelope lies sealed: who it is from, its kind, the exact time of its expiry, and its body. Bound to its place in its conversation. */
final class EnvelopeCodec {
    private static final int HEAD = 2 + Long.BYTES;

    private final Wrap wrap;

    EnvelopeCodec(Wrap wrap) {
        this.wrap = wrap;
    }

    byte[] seal(Envelope envelope, Instant expiresAt) {
        byte[] plain = ByteBuffer.allocate(HEAD + envelope.body().length).put(envelope.from().stored()).put(envelope.kind().stored()).putLong(expiresAt.getEpochSecond()).put(envelope.body()).array();
        return wrap.seal(place(envelope.conversation(), envelope.seq()), plain);
    }

    Step.Stored<Void> open(ConversationId conversation, long seq, EnvelopeId id, byte[] sealed) {
        ByteBuffer plain = ByteBuffer.wrap(wrap.open(place(conversation, seq), sealed));
        Party from = Party.ofStored(plain.get());
        Kind kind = Kind.ofStored(plain.get());
        Instant expiresAt = Instant.ofEpochSecond(plain.getLong());
        byte[] body = new byte[plain.remaining()];
        plain.get(body);
        return new Step.Stored<>(new Envelope(conversation, seq, id, from, kind, body), expiresAt, there -> Outcome.done(null));
    }

    private static String place(ConversationId conversation, long seq) {
        return "envelope/" + conversation.id().text() + "/" + seq;
    }
}
