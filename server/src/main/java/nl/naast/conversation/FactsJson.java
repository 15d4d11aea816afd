package nl.naast.conversation;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Facts;
import nl.naast.conversation.Conversation.Recent;
import nl.naast.conversation.Conversation.Why;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;

/** How {@link FactsCodec} wrote before it wrote bytes: as JSON. Only read, until the last row that was written so has expired (30 days after an update). */
final class FactsJson {
    private FactsJson() {
    }

    static FactsCodec.Sealed decode(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        List<Recent> recent = json.getJsonArray("recent").stream().map(each -> recent((JsonObject) each)).toList();
        Facts facts = new Facts(json.getString("language"), instant(json, "since"), instant(json, "changed"), instant(json, "expires"), Optional.ofNullable(json.getString("again")).map(Again::valueOf),
            Optional.ofNullable(json.getString("why")).map(Why::valueOf), json.getInteger("missed", 0), bytes(json, "consent"), recent, Optional.empty(),
            false, List.of());
        return new FactsCodec.Sealed(facts, Optional.ofNullable(json.getString("staff")).map(text -> new StaffId(new Id16(text))), json.getInteger("slot", 0), bytes(json, "keyPackage"));
    }

    private static Recent recent(JsonObject json) {
        return new Recent(Party.valueOf(json.getString("from")), new EnvelopeId(new Id16(json.getString("id"))), json.getLong("seq"));
    }

    private static byte[] bytes(JsonObject json, String key) {
        return Base64Url.decode(json.getString(key, "")).orElseThrow();
    }

    private static Instant instant(JsonObject json, String key) {
        return Instant.ofEpochSecond(json.getLong(key) * 60);
    }
}
