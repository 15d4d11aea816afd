package nl.naast.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ConversationId;
import nl.naast.live.Notice.Changed;
import nl.naast.live.Notice.Desk;
import nl.naast.live.Notice.DeskMoved;
import nl.naast.live.Notice.LeaseTaken;
import nl.naast.live.Notice.News;
import nl.naast.live.Notice.SignedOut;
import nl.naast.live.Notice.ToDesk;
import nl.naast.live.Notice.ToVisitor;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;

/** Notices as bytes, between processes of one version: they are never kept. */
final class NoticeCodec {
    /** Longer than any notice but the longest signals: their length tells nobody of which kind they are. */
    private static final int PAGE = 1024;

    private NoticeCodec() {
    }

    static byte[] encode(Notice notice) {
        JsonObject json = switch (notice) {
            case Changed changed -> changed(changed);
            case ToVisitor(TokenHash visitor, ConversationId conversation, byte[] body) -> kind("to-visitor").put("visitor", visitor.text()).put("conversation", conversation.id().text()).put("body", Base64Url.encode(body));
            case ToDesk(StaffId staff, ConversationId conversation, byte[] body) -> kind("to-desk").put("staff", staff.id().text()).put("conversation", conversation.id().text()).put("body", Base64Url.encode(body));
            case LeaseTaken(StaffId staff, long fence) -> kind("lease-taken").put("staff", staff.id().text()).put("fence", fence);
            case SignedOut(StaffId staff, Optional<TokenHash> session) -> kind("signed-out").put("staff", staff.id().text()).put("session", session.map(TokenHash::text).orElse(null));
            case DeskMoved(StaffId staff) -> kind("desk-moved").put("staff", staff.id().text());
        };
        return Padded.to(PAGE, json);
    }

    private static JsonObject kind(String kind) {
        return new JsonObject().put("t", kind);
    }

    private static JsonObject changed(Changed changed) {
        JsonObject json = kind("changed").put("conversation", changed.conversation().id().text()).put("visitor", changed.visitor().text()).put("version", changed.version()).put("over", changed.over()).put("moved", changed.moved()).put("line", changed.line());
        json.put("had", new JsonArray(changed.had().stream().map(staff -> staff.id().text()).toList()));
        json.put("desks", new JsonArray(changed.desks().stream().map(desk -> new JsonObject().put("staff", desk.staff().id().text()).put("fence", desk.fence()).put("from", desk.fromSeq())).toList()));
        changed.news().ifPresent(news -> json.put("seq", news.seq()));
        return json;
    }

    /** @throws RuntimeException when no notice is encoded so */
    static Notice decode(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        return switch (json.getString("t")) {
            case "changed" -> changed(json);
            case "to-visitor" -> new ToVisitor(new TokenHash(json.getString("visitor")), conversation(json), Base64Url.decode(json.getString("body")).orElseThrow());
            case "to-desk" -> new ToDesk(staff(json, "staff"), conversation(json), Base64Url.decode(json.getString("body")).orElseThrow());
            case "lease-taken" -> new LeaseTaken(staff(json, "staff"), json.getLong("fence"));
            case "signed-out" -> new SignedOut(staff(json, "staff"), Optional.ofNullable(json.getString("session")).map(TokenHash::new));
            case "desk-moved" -> new DeskMoved(staff(json, "staff"));
            default -> throw new IllegalArgumentException("no such notice");
        };
    }

    private static Changed changed(JsonObject json) {
        Set<StaffId> had = json.getJsonArray("had").stream().map(each -> new StaffId(new Id16((String) each))).collect(Collectors.toSet());
        List<Desk> desks = json.getJsonArray("desks").stream().map(JsonObject.class::cast).map(desk -> new Desk(staff(desk, "staff"), desk.getLong("fence"), desk.getLong("from"))).toList();
        Optional<News> news = json.containsKey("seq") ? Optional.of(new News(json.getLong("seq"))) : Optional.empty();
        return new Changed(conversation(json), new TokenHash(json.getString("visitor")), json.getLong("version"), json.getBoolean("over"), had, desks, json.getBoolean("moved"), json.getBoolean("line"), news);
    }

    private static ConversationId conversation(JsonObject json) {
        return new ConversationId(new Id16(json.getString("conversation")));
    }

    private static StaffId staff(JsonObject json, String key) {
        return new StaffId(new Id16(json.getString(key)));
    }
}
