package nl.naast.house;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;

/** Envelopes whose public framing is right (RFC 9420 §6) and whose ciphertext is noise: what the server sees of the real ones. */
public final class MlsBytes {
    public static final int SUITE = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private MlsBytes() {
    }

    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A PrivateMessage of exactly {@code size} bytes. */
    public static byte[] privateMessage(byte[] group, long epoch, int content, int size) {
        for (int ciphertext = size - 30; ciphertext > 16; ciphertext--) {
            byte[] made = privateMessage(group, epoch, content, 0, 28, ciphertext);
            if (made.length == size) {
                return made;
            }
        }
        throw new IllegalArgumentException("no ciphertext gives " + size + " bytes");
    }

    public static byte[] privateMessage(byte[] group, long epoch, int content, int aad, int senderData, int ciphertext) {
        Out out = new Out().number(2, 1).number(2, 2).vector(group).number(8, epoch).number(1, content);
        return out.vector(random(aad)).vector(random(senderData)).vector(random(ciphertext)).bytes();
    }

    /** An application message of the smallest padded class. */
    public static byte[] message(byte[] group, long epoch) {
        return privateMessage(group, epoch, 1, 462);
    }

    public static byte[] commit(byte[] group, long epoch) {
        return privateMessage(group, epoch, 3, 1300);
    }

    public static byte[] welcome(int suite) {
        Out secret = new Out().vector(random(32)).vector(random(65)).vector(random(90));
        return new Out().number(2, 1).number(2, 3).number(2, suite).vector(secret.bytes()).vector(random(400)).bytes();
    }

    public static byte[] add(byte[] group, long epoch) {
        return add(1, commit(group, epoch), welcome(SUITE), 0);
    }

    public static byte[] add(int version, byte[] commit, byte[] welcome, int kems) {
        return new Out().number(1, version).number(4, commit.length).raw(commit).number(4, welcome.length).raw(welcome).number(2, kems).bytes();
    }

    public static byte[] keyPackage(int suite) {
        return keyPackage(suite, 70);
    }

    /** A key package of exactly so many bytes (from 600 on, where every length of its signature takes two). */
    public static byte[] keyPackageOf(int bytes) {
        return keyPackage(SUITE, 70 + bytes - keyPackage(SUITE, 70).length);
    }

    private static byte[] keyPackage(int suite, int signature) {
        Out leaf = new Out().vector(random(65)).vector(random(65)).number(2, 1).vector(random(17));
        for (int list = 0; list < 5; list++) {
            leaf.vector(random(2));
        }
        leaf.number(1, 1).number(8, 0).number(8, 1000).vector(new byte[0]).vector(random(70));
        return new Out().number(2, 1).number(2, 5).number(2, 1).number(2, suite).vector(random(65)).raw(leaf.bytes()).vector(new byte[0]).vector(random(signature)).bytes();
    }

    /** Writes as RFC 9420 §2 says. */
    public static final class Out {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        public Out number(int size, long value) {
            for (int i = size - 1; i >= 0; i--) {
                bytes.write((int) (value >>> 8 * i));
            }
            return this;
        }

        public Out raw(byte[] raw) {
            bytes.writeBytes(raw);
            return this;
        }

        public Out vector(byte[] content) {
            int n = content.length;
            if (n < 64) {
                number(1, n);
            } else if (n < 16384) {
                number(2, n | 0x4000);
            } else {
                number(4, n | 0x80000000L);
            }
            return raw(content);
        }

        public byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
