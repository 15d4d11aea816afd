package nl.naast.wire;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import nl.naast.canon.Hash;

/** The name of a view's content: 48 bits of a hash, so that it is the same on every process and after a restart, and another whenever anything but {@code seq} is another. */
final class Rev {
    private Rev() {
    }

    /** @param content the view without {@code rev} and without sequence numbers */
    static long of(JsonObject content) {
        return (ByteBuffer.wrap(Hash.of(content.toBuffer().getBytes()).bytes()).getLong() >>> 16) | 1;
    }
}
