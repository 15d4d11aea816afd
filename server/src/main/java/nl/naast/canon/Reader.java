package nl.naast.canon;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads a canonical form from front to back. Throws {@link Malformed} at the first byte that cannot be; never allocates more than it was given. */
final class Reader {
    private static final long MOST = (1L << 53) - 1;
    private final ByteBuffer in;

    Reader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    static void check(boolean holds) {
        if (!holds) {
            throw new Malformed();
        }
    }

    int u8() {
        return bytes(1)[0] & 0xff;
    }

    int u16() {
        return ByteBuffer.wrap(bytes(2)).getShort() & 0xffff;
    }

    long u64() {
        long value = ByteBuffer.wrap(bytes(8)).getLong();
        check(value >= 0 && value <= MOST);
        return value;
    }

    byte[] bytes(int count) {
        check(count >= 0 && count <= in.remaining());
        byte[] out = new byte[count];
        in.get(out);
        return out;
    }

    byte[] sized16() {
        return bytes(u16());
    }

    /** A length over 2³¹−1 reads as negative and is refused like any that does not fit. */
    byte[] sized32() {
        return bytes(ByteBuffer.wrap(bytes(4)).getInt());
    }

    /** Valid UTF-8 only (RFC 3629), without a byte order mark. */
    static String text(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            check(!text.startsWith("\uFEFF"));
            return text;
        } catch (CharacterCodingException e) {
            throw new Malformed();
        }
    }

    void name(String name) {
        check(Arrays.equals(bytes(name.length()), name.getBytes(StandardCharsets.US_ASCII)));
    }

    <T> List<T> list(int count, Supplier<T> item) {
        return Stream.generate(item).limit(count).toList();
    }

    void end() {
        check(!in.hasRemaining());
    }
}
