package nl.naast.wire;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The name of a view's content: 48 bits of a hash, so that it is the same on every process and after a restart, and another whenever anything but {@code seq} is another. */
final class Rev {
    private Rev() {
    }

    /** @param content the view without {@code rev} and without sequence numbers */
    static long of(JsonObject content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.toBuffer().getBytes());
            return (ByteBuffer.wrap(hash).getLong() >>> 16) | 1;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is in every JDK", impossible);
        }
    }
}
