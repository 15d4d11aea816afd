package nl.naast.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** {@link Wrap} under one 32-byte key file (0600) beside the database: AES-256-GCM with a random 96-bit nonce, HMAC-SHA-256; both keys by HKDF-Expand (RFC 5869) from the file's. */
public final class KeyFileWrap implements Wrap {
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** To look one up and to make its key schedule costs more than to seal a message; each is initialised anew, with a fresh nonce, for each use. */
    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(KeyFileWrap::cipher);

    private final SecretKeySpec sealing;
    private final SecretKeySpec tagging;
    private final RandomSource random;

    private KeyFileWrap(byte[] key, RandomSource random) {
        this.sealing = new SecretKeySpec(expand(key, "naast seal v1"), "AES");
        this.tagging = new SecretKeySpec(expand(key, "naast tag v1"), "HmacSHA256");
        this.random = random;
    }

    /**
     * Reads the key file; makes it (whole, or not at all) when there is none, and its directory, for its owner only. To be called before the store beside it is opened for the first time.
     *
     * @throws IOException when it cannot be read or made, is not 32 bytes, or somebody else than its owner may read it; when there is none but a database lies beside it, which a new key could not open
     */
    public static KeyFileWrap at(Path file, RandomSource random) throws IOException {
        if (Files.notExists(file)) {
            SqliteStore.makeDirectory(file.toAbsolutePath().getParent());
            refuseWithDatabase(file);
            make(file, random);
        }
        if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            throw new IOException("the key file " + file + " must be readable by its owner only (chmod 600)");
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != 32) {
            throw new IOException("the key file " + file + " must hold exactly 32 bytes");
        }
        return new KeyFileWrap(key, random);
    }

    private static void refuseWithDatabase(Path file) throws IOException {
        Path database = file.resolveSibling(SqliteStore.FILE);
        if (Files.exists(database)) {
            throw new IOException("the key file " + file + " is gone, but the database " + database + " is there, and nothing in it can be read without its key: put the key file back, or begin anew with another --data directory");
        }
    }

    private static void make(Path file, RandomSource random) throws IOException {
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(fresh, random.bytes(32));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public byte[] seal(String place, byte[] plain) {
        byte[] nonce = random.bytes(NONCE);
        byte[] ciphertext = crypt(Cipher.ENCRYPT_MODE, nonce, place, plain, 0, plain.length);
        return ByteBuffer.allocate(1 + NONCE + ciphertext.length).put(VERSION).put(nonce).put(ciphertext).array();
    }

    @Override
    public byte[] open(String place, byte[] sealed) {
        if (sealed.length < 1 + NONCE || sealed[0] != VERSION) {
            throw new Forged();
        }
        byte[] nonce = java.util.Arrays.copyOfRange(sealed, 1, 1 + NONCE);
        return crypt(Cipher.DECRYPT_MODE, nonce, place, sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM is in every JDK", impossible);
        }
    }

    private byte[] crypt(int mode, byte[] nonce, String place, byte[] in, int from, int length) {
        try {
            Cipher cipher = CIPHERS.get();
            cipher.init(mode, sealing, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(in, from, length);
        } catch (javax.crypto.AEADBadTagException forged) {
            throw new Forged();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM is in every JDK", impossible);
        }
    }

    @Override
    public byte[] tag(String label, byte[] value) {
        byte[] name = label.getBytes(StandardCharsets.UTF_8);
        return hmac(tagging, ByteBuffer.allocate(1 + name.length + value.length).put((byte) name.length).put(name).put(value).array());
    }

    private static byte[] expand(byte[] key, String info) {
        byte[] label = info.getBytes(StandardCharsets.UTF_8);
        return hmac(new SecretKeySpec(key, "HmacSHA256"), ByteBuffer.allocate(label.length + 1).put(label).put((byte) 1).array());
    }

    private static byte[] hmac(SecretKeySpec key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(data);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is in every JDK", impossible);
        }
    }
}
