package nl.naast.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nl.naast.audit.AuditEvent.Deed;
import nl.naast.audit.AuditEvent.Destroyed;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;

/** The sealed part of a line: when, what, the hash of the line before, and when the line itself expires. */
record AuditCodec(Instant minute, AuditEvent event, byte[] before, Instant expiresAt) {
    byte[] encode() {
        return new JsonObject().put("at", minute.getEpochSecond()).put("event", event(event)).put("before", Base64Url.encode(before)).put("expires", expiresAt.getEpochSecond()).toBuffer().getBytes();
    }

    static AuditCodec decode(byte[] bytes) {
        JsonObject json = new JsonObject(io.vertx.core.buffer.Buffer.buffer(bytes));
        return new AuditCodec(Instant.ofEpochSecond(json.getLong("at")), event(json.getJsonObject("event")), Base64Url.decode(json.getString("before")).orElseThrow(),
            Instant.ofEpochSecond(json.getLong("expires")));
    }

    private static JsonObject event(AuditEvent event) {
        return switch (event) {
            case Deed deed -> new JsonObject().put("deed", deed.deed()).put("who", deed.who().map(Id16::text).orElse(null)).put("about", deed.about().map(Id16::text).orElse(null));
            case Destroyed destroyed -> new JsonObject().put("destroyed", new JsonObject(new TreeMap<>(destroyed.counts())));
        };
    }

    private static AuditEvent event(JsonObject json) {
        if (json.containsKey("destroyed")) {
            Map<String, Object> counts = json.getJsonObject("destroyed").getMap();
            return new Destroyed(counts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> ((Number) entry.getValue()).intValue())));
        }
        return new Deed(id(json, "who"), json.getString("deed"), id(json, "about"));
    }

    private static Optional<Id16> id(JsonObject json, String key) {
        return Optional.ofNullable(json.getString(key)).map(Id16::new);
    }
}
