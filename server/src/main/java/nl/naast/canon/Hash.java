package nl.naast.canon;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 value, 32 bytes, that compares by its bytes: of a statement, or of a signer's certificate. */
public record Hash(byte[] bytes) implements Comparable<Hash> {
    public Hash {
        Reader.check(bytes.length == 32);
    }

    public static Hash of(byte[] data) {
        try {
            return new Hash(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Hash read(Reader in) {
        return new Hash(in.bytes(32));
    }

    /** Strictly: one order, and nothing twice. */
    static boolean ascending(List<Hash> hashes) {
        for (int i = 1; i < hashes.size(); i++) {
            if (hashes.get(i - 1).compareTo(hashes.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
