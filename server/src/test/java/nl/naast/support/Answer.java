package nl.naast.support;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** An answer over HTTP, with a JSON body. */
public record Answer(int status, String text, List<String> cookies) {
    public JsonObject body() {
        return new JsonObject(text);
    }

    /** Status and code as docs/protocol.md §9 has them, such as {@code 401 not-signed-in}. */
    public String refusal() {
        return status + " " + body().getString("code");
    }
}
