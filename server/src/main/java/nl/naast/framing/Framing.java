package nl.naast.framing;

import java.util.Optional;
import java.util.function.Function;
import nl.naast.framing.MlsMessage.KeyPackage;
import nl.naast.framing.MlsMessage.PrivateMessage;
import nl.naast.framing.MlsMessage.Welcome;

/**
 * What the server checks of an envelope it cannot read (protocol.md §8): each method takes the bytes of one kind of envelope and answers its group and epoch, or nothing when the bytes are not
 * exactly that. Which of the many possible faults it was is told to nobody. Makes a few small objects (less than a kilobyte) whatever it is given, and nothing for each item of a list.
 */
public final class Framing {
    /** The largest epoch that can be told in a frame: 2^53-1. */
    public static final long MAX_EPOCH = (1L << 53) - 1;

    private static final int TAG = 16;

    private Framing() {}

    /** The group and the epoch that an envelope says it belongs to. */
    public record Framed(byte[] groupId, long epoch) {}

    /** {@code message}: an application message of one of the three padded sizes (462, 1,230 or 4,302 bytes). */
    public static Optional<Framed> message(byte[] body) {
        boolean padded = body.length == 462 || body.length == 1230 || body.length == 4302;
        return padded ? read(body, in -> framed(MlsMessage.read(in), PrivateMessage.APPLICATION, in)) : Optional.empty();
    }

    /** {@code commit}: one commit as PrivateMessage. */
    public static Optional<Framed> commit(byte[] body) {
        return read(body, in -> framed(MlsMessage.read(in), PrivateMessage.COMMIT, in));
    }

    /** {@code add}: Add envelope v1 (formats.md §6): version 1, a commit, a Welcome of suite 2, and no KEM ciphertexts yet. */
    public static Optional<Framed> add(byte[] body) {
        return read(body, in -> {
            in.expect(in.u8() == 1);
            Framed commit = framed(MlsMessage.read(in.part(in.length32())), PrivateMessage.COMMIT, in);
            in.expect(MlsMessage.read(in.part(in.length32())) instanceof Welcome welcome && welcome.suite() == MlsMessage.SUITE_P256 && welcome.secrets() > 0);
            in.expect(in.u16() == 0);
            return commit;
        });
    }

    /** Whether the bytes are a KeyPackage of suite 2 in an MLSMessage. */
    public static boolean isKeyPackage(byte[] body) {
        return read(body, in -> MlsMessage.read(in) instanceof KeyPackage kp && kp.suite() == MlsMessage.SUITE_P256 ? kp : null).isPresent();
    }

    private static Framed framed(MlsMessage message, int content, Cursor in) {
        in.expect(message instanceof PrivateMessage pm && pm.content() == content && pm.authenticatedData() == 0
                && pm.senderData() >= TAG && pm.senderData() <= 255 && pm.ciphertext() >= TAG);
        PrivateMessage pm = (PrivateMessage) message;
        return new Framed(pm.groupId(), pm.epoch());
    }

    /** Runs a reader over the whole of the bytes: what is left over at the end is as bad as what is missing. */
    private static <T> Optional<T> read(byte[] body, Function<Cursor, T> reader) {
        try {
            Cursor in = new Cursor(body);
            T result = reader.apply(in);
            in.atEnd();
            return Optional.ofNullable(result);
        } catch (Cursor.Malformed malformed) {
            return Optional.empty();
        }
    }
}
