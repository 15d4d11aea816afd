package nl.naast.platform;

import java.util.Arrays;

/** Bytes that must not be seen: no {@code toString}, no {@code equals}; whoever made it closes it, which overwrites it. Each reader calls {@link #expose()}, so that readers can be found. */
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over: the caller keeps no copy. */
    public static SecretBytes take(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    /** @return the array itself, not a copy; not to be kept beyond {@link #close()} */
    public byte[] expose() {
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "SecretBytes[***]";
    }
}
