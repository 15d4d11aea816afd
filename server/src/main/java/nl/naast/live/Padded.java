package nl.naast.live;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON with spaces behind it: what is sealed shows how long it is. */
final class Padded {
    private Padded() {
    }

    /** @return as many whole pages as it takes */
    static byte[] to(int page, JsonObject json) {
        byte[] bytes = json.encode().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(bytes, (bytes.length + page - 1) / page * page);
        Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
        return padded;
    }
}
