package nl.naast.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationId;

/** The whole truth about a desk (protocol.md §6). {@code rev} names all of it but the sequence numbers. */
public record DeskView(boolean available, List<Line> waiting, List<Talk> conversations, List<Over> ended) {
    /** Who waits for one language; {@code longest}: minutes. */
    public record Line(String language, int count, int longest) {
    }

    /** One of hers; {@code here}: whether its visitor is connected. */
    public record Talk(Conversation row, boolean here) {
    }

    public record Over(ConversationId conversation, String why) {
    }

    public long rev() {
        return Rev.of(content(false));
    }

    JsonObject json() {
        return new JsonObject().put("t", "desk").put("rev", rev()).mergeIn(content(true));
    }

    private JsonObject content(boolean withSeq) {
        JsonArray lines = new JsonArray(waiting.stream().map(l -> new JsonObject().put("language", l.language()).put("count", l.count()).put("longest", l.longest())).toList());
        JsonArray over = new JsonArray(ended.stream().map(e -> new JsonObject().put("conversation", e.conversation().id().text()).put("why", e.why())).toList());
        JsonArray talks = new JsonArray(conversations.stream().map(talk -> talk(talk, withSeq)).toList());
        return new JsonObject().put("available", available).put("waiting", lines).put("conversations", talks).put("ended", over);
    }

    private static JsonObject talk(Talk talk, boolean withSeq) {
        Conversation row = talk.row();
        Claim claim = row.claim().orElseThrow();
        JsonObject json = new JsonObject().put("conversation", row.id().id().text()).put("claim", claim.id().id().text()).put("slot", claim.slot()).put("language", row.facts().language())
            .put("state", row.state().name().toLowerCase(Locale.ROOT)).put("visitor", talk.here() ? "here" : "lost");
        return withSeq ? json.put("seq", row.log().seq()) : json;
    }
}
