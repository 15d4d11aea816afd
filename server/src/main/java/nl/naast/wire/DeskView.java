package nl.naast.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Guest;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.platform.Base64Url;
import nl.naast.queue.Proofs.Proof;

/** The whole truth about a desk (protocol.md §6). {@code rev} names all of it but the sequence numbers. */
public record DeskView(boolean available, List<Line> waiting, List<Talk> conversations, List<Over> ended, List<Called> calls) {
    /** Who waits for one language; {@code longest}: minutes. */
    public record Line(String language, int count, int longest) {
    }

    /**
     * One of hers.
     *
     * @param seat hers: the lead's, or the guest's
     * @param here whether its visitor is connected
     * @param other who of the staff is in it besides her; empty: nobody, or nobody who is to be believed
     */
    public record Talk(Conversation row, Claim seat, boolean here, Optional<Proof> other) {
    }

    public record Over(ConversationId conversation, String why) {
    }

    /** A call that she may answer. */
    public record Called(ClaimId call, Purpose purpose, String language) {
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
        JsonArray called = new JsonArray(calls.stream().map(c -> new JsonObject().put("call", c.call().id().text()).put("for", c.purpose().word()).put("language", c.language())).toList());
        return new JsonObject().put("available", available).put("waiting", lines).put("conversations", talks).put("ended", over).put("calls", called);
    }

    private static JsonObject talk(Talk talk, boolean withSeq) {
        Conversation row = talk.row();
        boolean guest = row.guests(talk.seat().id());
        JsonObject json = new JsonObject().put("conversation", row.id().id().text()).put("claim", talk.seat().id().id().text()).put("slot", talk.seat().slot()).put("language", row.facts().language())
            .put("state", guest ? guestState(row) : row.state().name().toLowerCase(Locale.ROOT)).put("visitor", talk.here() ? "here" : "lost").put("part", guest ? "guest" : "lead")
            .put("guest", row.guest().map(with -> guest(row, with, guest ? Optional.empty() : talk.other())).orElse(null));
        if (guest) {
            json.put("lead", talk.other().map(lead -> proof(new JsonObject(), talk.other())).orElse(null));
        }
        return withSeq ? json.put("seq", row.log().seq()) : json;
    }

    /** In the words of a lead's: claimed while the visitor is asked. */
    private static String guestState(Conversation row) {
        return switch (row.stage().orElseThrow()) {
            case CALLED, ANSWERED -> "claimed";
            case JOINING -> "joining";
            case IN -> "talking";
        };
    }

    private static JsonObject guest(Conversation row, Guest guest, Optional<Proof> proof) {
        return proof(new JsonObject().put("call", guest.call().id().text()).put("for", guest.purpose().word()).put("warm", guest.warm()).put("state", row.stage().orElseThrow().word()), proof);
    }

    private static JsonObject proof(JsonObject json, Optional<Proof> proof) {
        return json.put("statement", proof.map(p -> Base64Url.encode(p.statement())).orElse(null)).put("roster", proof.map(p -> Base64Url.encode(p.roster())).orElse(null))
            .put("revocations", new JsonArray(proof.map(Proof::revocations).orElse(List.of()).stream().map(Base64Url::encode).toList()));
    }
}
