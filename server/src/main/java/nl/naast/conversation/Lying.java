package nl.naast.conversation;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Which envelopes may lie in one conversation, each by its number and a print of its id. What is not among them does not lie there; what is may have been destroyed by the sweep meanwhile, or be another with the same print:
 * the store is asked then. Immutable, and as true as the version of the row that it is kept with.
 */
final class Lying {
    static final Lying NONE = new Lying(new long[0]);
    /** So many at the most; whoever has more costs a look into the store for each of hers. */
    static final int MOST = 256;

    /** Number and print, in turn, by number; null: too many to say. */
    private final long[] known;

    private Lying(long[] known) {
        this.known = known;
    }

    boolean may(EnvelopeId id) {
        if (known == null) {
            return true;
        }
        long print = print(id);
        for (int i = 1; i < known.length; i += 2) {
            if (known[i] == print) {
                return true;
            }
        }
        return false;
    }

    /** @param seq higher than every one that lies there */
    Lying and(long seq, EnvelopeId id) {
        if (known == null || known.length == 2 * MOST) {
            return new Lying(null);
        }
        long[] more = Arrays.copyOf(known, known.length + 2);
        more[known.length] = seq;
        more[known.length + 1] = print(id);
        return new Lying(more);
    }

    /** Without those up to this number. */
    Lying above(long seq) {
        int from = 0;
        while (known != null && from < known.length && known[from] <= seq) {
            from += 2;
        }
        return from == 0 ? this : new Lying(Arrays.copyOfRange(known, from, known.length));
    }

    private static long print(EnvelopeId id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.id().bytes());
        return 31 * bytes.getLong() + bytes.getLong(); // of all of it: a client may count in one half
    }
}
