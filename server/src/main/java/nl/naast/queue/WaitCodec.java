package nl.naast.queue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** The sealed half of a measured wait as bytes. */
final class WaitCodec {
    private WaitCodec() {
    }

    static byte[] encode(Measured wait) {
        return new JsonObject().put("language", wait.language()).put("minutes", wait.minutes()).put("expires", wait.expiresAt().getEpochSecond() / 60).toBuffer().getBytes();
    }

    static Measured decode(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        return new Measured(json.getString("language"), json.getInteger("minutes"), Instant.ofEpochSecond(json.getLong("expires") * 60));
    }
}
