package nl.naast.framing;

/**
 * Reads one byte array from left to right and never outside it; copies nothing. Every reading method throws {@link Malformed} when the bytes end too soon or say something impossible: the
 * exception has no message and no trace, so that a bad envelope costs no more than a good one and nothing about it can reach a log.
 */
final class Cursor {
    private final byte[] bytes;
    private int at;
    private final int end;

    Cursor(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Cursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int left() {
        return end - at;
    }

    int u8() {
        need(1);
        return bytes[at++] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    /** An unsigned 32-bit length; what does not fit in the rest of the input is refused before anything is made of it. */
    int length32() {
        need(4);
        long value = (long) u16() << 16 | u16();
        if (value > left()) throw Malformed.INSTANCE;
        return (int) value;
    }

    /** An unsigned 64-bit number of at most 2^53-1, the largest that a frame can carry. */
    long u53() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) value = value << 8 | u8();
        if (value < 0 || value > Framing.MAX_EPOCH) throw Malformed.INSTANCE;
        return value;
    }

    /** The next {@code length} bytes as a cursor of their own. */
    Cursor part(int length) {
        need(length);
        Cursor part = new Cursor(bytes, at, at + length);
        at += length;
        return part;
    }

    /** A variable-size vector (RFC 9420 §2.1.2): its length in 1, 2 or 4 bytes, the shortest that holds it, then its content. */
    Cursor vector() {
        return part(vectorLength());
    }

    /** Goes past a vector whose content is of no interest, and makes nothing of it. @return its length in bytes */
    int skip() {
        int length = vectorLength();
        need(length);
        at += length;
        return length;
    }

    private int vectorLength() {
        int first = u8();
        return switch (first >> 6) {
            case 0 -> first;
            case 1 -> atLeast(1 << 6, (first & 63) << 8 | u8());
            case 2 -> atLeast(1 << 14, (first & 63) << 24 | u8() << 16 | u16());
            default -> throw Malformed.INSTANCE;
        };
    }

    private static int atLeast(int minimum, int value) {
        if (value < minimum) throw Malformed.INSTANCE;
        return value;
    }

    /** What is left, copied. */
    byte[] rest() {
        byte[] copy = java.util.Arrays.copyOfRange(bytes, at, end);
        at = end;
        return copy;
    }

    void expect(boolean holds) {
        if (!holds) throw Malformed.INSTANCE;
    }

    void atEnd() {
        expect(at == end);
    }

    private void need(int count) {
        if (count > end - at) throw Malformed.INSTANCE;
    }

    /** Hostile or broken bytes. One instance: no reason is told to anybody. */
    static final class Malformed extends RuntimeException {
        static final Malformed INSTANCE = new Malformed();

        private Malformed() {
            super(null, null, false, false);
        }
    }
}
