package nl.naast.support;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import nl.naast.canon.P256;
import nl.naast.platform.Base64Url;

/** A passkey in software, as a browser would hand its answers on: one discoverable P-256 credential, attestation "none". Its switches make it misbehave. */
public final class SoftAuthenticator {
    private static final int PRESENT = 1;
    private static final int VERIFIED = 4;
    private static final int BACKUP_ELIGIBLE = 8;
    private static final int ATTESTED = 64;

    private final KeyPair keys = P256.generate();
    private final byte[] credentialId = random();
    private String userHandle = "";
    /** The page it believes to be on. */
    public String origin;
    public boolean verifiesUser = true;
    /** As of a password manager that copies it to other devices. */
    public boolean synced;
    public long counter = 1;

    public SoftAuthenticator(String origin) {
        this.origin = origin;
    }

    /** navigator.credentials.create, then toJSON. */
    public JsonObject create(JsonObject options) {
        userHandle = options.getJsonObject("user").getString("id");
        byte[] authenticatorData = join(data(options.getJsonObject("rp").getString("id"), ATTESTED), new byte[16], ByteBuffer.allocate(2).putShort((short) credentialId.length).array(), credentialId, coseKey());
        byte[] attestation = join(new byte[] {(byte) 0xa3}, text("fmt"), text("none"), text("attStmt"), new byte[] {(byte) 0xa0}, text("authData"), bytes(authenticatorData));
        return credential(new JsonObject().put("clientDataJSON", Base64Url.encode(clientData("webauthn.create", options))).put("attestationObject", Base64Url.encode(attestation)));
    }

    /** navigator.credentials.get, then toJSON. */
    public JsonObject get(JsonObject options) {
        counter = counter == 0 ? 0 : counter + 1;
        byte[] clientData = clientData("webauthn.get", options);
        byte[] authenticatorData = data(options.getString("rpId"), 0);
        byte[] signature = P256.sign(keys.getPrivate(), join(authenticatorData, sha256(clientData)));
        return credential(new JsonObject().put("clientDataJSON", Base64Url.encode(clientData)).put("authenticatorData", Base64Url.encode(authenticatorData))
            .put("signature", Base64Url.encode(signature)).put("userHandle", userHandle));
    }

    private JsonObject credential(JsonObject response) {
        String id = Base64Url.encode(credentialId);
        return new JsonObject().put("id", id).put("rawId", id).put("type", "public-key").put("response", response).put("clientExtensionResults", new JsonObject());
    }

    private byte[] clientData(String type, JsonObject options) {
        return new JsonObject().put("type", type).put("challenge", options.getString("challenge")).put("origin", origin).put("crossOrigin", false).encode().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] data(String rpId, int flags) {
        int all = PRESENT | (verifiesUser ? VERIFIED : 0) | (synced ? BACKUP_ELIGIBLE : 0) | flags;
        return join(sha256(rpId.getBytes(StandardCharsets.UTF_8)), new byte[] {(byte) all}, ByteBuffer.allocate(4).putInt((int) counter).array());
    }

    /** RFC 9053 §7.1: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
    private byte[] coseKey() {
        byte[] point = P256.point(keys.getPublic());
        byte[] x = java.util.Arrays.copyOfRange(point, 1, 33);
        byte[] y = java.util.Arrays.copyOfRange(point, 33, 65);
        return join(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21}, bytes(x), new byte[] {0x22}, bytes(y));
    }

    private static byte[] text(String text) {
        return join(new byte[] {(byte) (0x60 + text.length())}, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(byte[] bytes) {
        byte[] head = bytes.length < 256 ? new byte[] {0x58, (byte) bytes.length} : new byte[] {0x59, (byte) (bytes.length >> 8), (byte) bytes.length};
        return join(head, bytes);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
