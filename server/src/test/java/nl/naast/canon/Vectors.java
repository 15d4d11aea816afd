package nl.naast.canon;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** {@code wire/statements.json}, which the web client's tests read too. */
public final class Vectors {
    public static final JsonObject ALL = load();

    private Vectors() {
    }

    public static List<JsonObject> list(String key) {
        return ALL.getJsonArray(key).stream().map(JsonObject.class::cast).toList();
    }

    public static byte[] hex(JsonObject from, String key) {
        return HexFormat.of().parseHex(from.getString(key));
    }

    public static List<byte[]> hexes(JsonArray from) {
        return from.stream().map(value -> HexFormat.of().parseHex((String) value)).toList();
    }

    public static byte[] root() {
        return hex(ALL.getJsonObject("root"), "publicKey");
    }

    private static JsonObject load() {
        try (InputStream in = Vectors.class.getResourceAsStream("/wire/statements.json")) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
