package nl.naast.wire;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code wire/frames.json}: texts of frames, and whether each is one. The web client's tests read the same file. */
public record FrameVectors(String name, String side, String text, boolean ok) {
    /** What clients say. */
    public static List<FrameVectors> client() {
        return read("client");
    }

    /** What the server says. */
    public static List<FrameVectors> server() {
        return read("server");
    }

    private static List<FrameVectors> read(String half) {
        try (InputStream in = FrameVectors.class.getResourceAsStream("/wire/frames.json")) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8)).getJsonArray(half).stream().map(JsonObject.class::cast)
                .map(json -> new FrameVectors(json.getString("name"), json.getString("side"), json.getString("text"), json.getBoolean("ok"))).toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public String toString() {
        return side + ": " + name;
    }
}
