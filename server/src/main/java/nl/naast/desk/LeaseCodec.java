package nl.naast.desk;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.ConversationId;
import nl.naast.desk.Lease.Away;
import nl.naast.desk.Lease.GivenBack;
import nl.naast.desk.Lease.Kept;
import nl.naast.desk.Lease.Left;
import nl.naast.platform.Id16;

/** The sealed half of a lease as bytes. */
final class LeaseCodec {
    private LeaseCodec() {
    }

    static byte[] encode(Lease lease) {
        JsonArray given = new JsonArray();
        lease.givenBack().forEach(g -> given.add(new JsonObject().put("conversation", g.conversation().id().text()).put("how", g.how().name()).put("minute", g.minute().getEpochSecond() / 60)));
        return new JsonObject().put("staff", lease.staff().id().text()).put("desk", lease.desk().map(desk -> desk.id().text()).orElse(null)).put("session", lease.session().map(TokenHash::text).orElse(null)).put("available", lease.wished()).put("away", lease.away().now()).put("times", lease.away().times()).put("kept", lease.kept().fence()).put("why", lease.kept().why().name())
            .put("expires", lease.expiresAt().getEpochSecond() / 60)
            .put("given", given).put("past", new JsonArray(lease.past().stream().map(desk -> desk.id().text()).toList())).toBuffer().getBytes();
    }

    static Lease decode(long fence, long version, byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        List<GivenBack> given = json.getJsonArray("given").stream().map(each -> given((JsonObject) each)).toList();
        List<DeskId> past = json.getJsonArray("past", new JsonArray()).stream().map(LeaseCodec::desk).toList();
        return new Lease(new StaffId(new Id16(json.getString("staff"))), Optional.ofNullable(json.getString("desk")).map(LeaseCodec::desk), Optional.ofNullable(json.getString("session")).map(TokenHash::new), fence, json.getBoolean("available"), away(json), kept(json), past, given, minute(json.getLong("expires")), version);
    }

    // Whoever wrote before there was such a thing was not away, and kept all.
    private static Away away(JsonObject json) {
        return new Away(json.getBoolean("away", false), json.getLong("times", 0L));
    }

    private static Kept kept(JsonObject json) {
        return new Kept(json.getLong("kept", 0L), Again.valueOf(json.getString("why", Again.RELEASED.name())));
    }

    private static DeskId desk(Object text) {
        return new DeskId(new Id16((String) text));
    }

    private static GivenBack given(JsonObject json) {
        return new GivenBack(new ConversationId(new Id16(json.getString("conversation"))), left(json), minute(json.getLong("minute")));
    }

    // Before there were guests it was known whether she had joined, and no more.
    private static Left left(JsonObject json) {
        return json.containsKey("how") ? Left.valueOf(json.getString("how")) : json.getBoolean("joined") ? Left.RELEASED : Left.NO_JOIN;
    }

    private static Instant minute(long minutes) {
        return Instant.ofEpochSecond(minutes * 60);
    }
}
