package nl.naast.conversation;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Facts;
import nl.naast.conversation.Conversation.Recent;
import nl.naast.conversation.Conversation.Why;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;

/** The sealed half of a row as bytes: the facts, and of the claim what no search needs. Times as whole minutes since 1970. */
final class FactsCodec {
    /** Of the claim: claim id and fence lie in clear columns. */
    record Sealed(Facts facts, Optional<StaffId> staff, int slot, byte[] keyPackage) {
    }

    private FactsCodec() {
    }

    static byte[] encode(Facts facts, Optional<Claim> claim) {
        JsonObject json = new JsonObject().put("language", facts.language()).put("since", minutes(facts.waitingSince())).put("changed", minutes(facts.changed())).put("expires", minutes(facts.expiresAt()))
            .put("missed", facts.missed()).put("consent", Base64Url.encode(facts.consentKey())).put("recent", new JsonArray(facts.recent().stream().map(FactsCodec::recent).toList()));
        facts.again().ifPresent(again -> json.put("again", again.name()));
        facts.why().ifPresent(why -> json.put("why", why.name()));
        claim.ifPresent(c -> json.put("staff", c.staff().id().text()).put("slot", c.slot()).put("keyPackage", Base64Url.encode(c.keyPackage())));
        return json.toBuffer().getBytes();
    }

    static Sealed decode(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        List<Recent> recent = json.getJsonArray("recent").stream().map(each -> recent((JsonObject) each)).toList();
        Facts facts = new Facts(json.getString("language"), instant(json, "since"), instant(json, "changed"), instant(json, "expires"), Optional.ofNullable(json.getString("again")).map(Again::valueOf),
            Optional.ofNullable(json.getString("why")).map(Why::valueOf), json.getInteger("missed", 0), bytes(json, "consent"), recent);
        return new Sealed(facts, Optional.ofNullable(json.getString("staff")).map(text -> new StaffId(new Id16(text))), json.getInteger("slot", 0), bytes(json, "keyPackage"));
    }

    private static JsonObject recent(Recent recent) {
        return new JsonObject().put("from", recent.from().name()).put("id", recent.id().id().text()).put("seq", recent.seq());
    }

    private static Recent recent(JsonObject json) {
        return new Recent(Party.valueOf(json.getString("from")), new EnvelopeId(new Id16(json.getString("id"))), json.getLong("seq"));
    }

    private static byte[] bytes(JsonObject json, String key) {
        return Base64Url.decode(json.getString(key, "")).orElseThrow();
    }

    private static long minutes(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60);
    }

    private static Instant instant(JsonObject json, String key) {
        return Instant.ofEpochSecond(json.getLong(key) * 60);
    }
}
