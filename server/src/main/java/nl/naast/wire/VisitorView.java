package nl.naast.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Guest;
import nl.naast.conversation.Guest.Stage;
import nl.naast.platform.Base64Url;
import nl.naast.queue.Proofs.Papers;
import nl.naast.queue.Proofs.Proof;
import nl.naast.queue.Range;

/** The whole truth about a visitor's conversation (protocol.md §6). {@code rev} names all of it but {@code seq}, which envelopes and hints tell. */
public record VisitorView(long rev, Optional<Long> seq, JsonObject content) {
    private static final String CLAIM = "claim";

    private static VisitorView of(Conversation row, JsonObject content) {
        return new VisitorView(Rev.of(content), Optional.of(row.log().seq()), content);
    }

    /** No conversation: never had one, or it is gone. */
    public static VisitorView none() {
        return new VisitorView(0, Optional.empty(), new JsonObject().putNull("conversation").put("state", "none"));
    }

    /**
     * @param position from 1, within those who wait for the same language
     * @param papers   by which whoever had her is not believed any more; empty: that is not why she waits
     */
    public static VisitorView waiting(Conversation row, int position, Optional<Range> range, Optional<Papers> papers) {
        JsonObject content = state(row).put("position", position).put("range", range.map(r -> new JsonArray().add(r.lo()).add(r.hi())).orElse(null)).put("again", row.facts().again().map(VisitorView::word).orElse(null));
        papers.ifPresent(all -> papers(content, all.roster().orElseThrow(), all.revocations()));
        return of(row, content);
    }

    private static JsonObject papers(JsonObject content, byte[] roster, List<byte[]> revocations) {
        return content.put("roster", Base64Url.encode(roster)).put("revocations", new JsonArray(revocations.stream().map(Base64Url::encode).toList()));
    }

    /** What a visitor is told of her expert's line. */
    public enum Line {
        HERE, LOST, AWAY
    }

    /** A guest as the visitor is told of her; whoever is called and has not answered is none yet. */
    public record Beside(Claim seat, Proof proof, Line line) {
    }

    /** Claimed, joining or talking. */
    public static VisitorView withExpert(Conversation row, Claim claim, Proof proof, Line expert, Optional<Beside> guest) {
        JsonObject content = state(row).put(CLAIM, claim.id().id().text());
        if (row.state() == State.CLAIMED) {
            content.put("keyPackage", Base64Url.encode(claim.keyPackage()));
        } else {
            content.put("expert", word(expert));
        }
        papers(content.put("statement", Base64Url.encode(proof.statement())), proof.roster(), proof.revocations());
        return of(row, row.state() == State.TALKING ? content.put("guest", guest.map(beside -> guest(row, beside)).orElse(null)) : content);
    }

    private static JsonObject guest(Conversation row, Beside beside) {
        Guest guest = row.guest().orElseThrow();
        Stage stage = row.stage().orElseThrow();
        JsonObject json = new JsonObject().put("call", guest.call().id().text()).put("for", guest.purpose().word()).put("state", stage == Stage.ANSWERED ? "asked" : stage.word()).put("expert", word(beside.line()))
            .put("keyPackage", Base64Url.encode(beside.seat().keyPackage())).put("statement", Base64Url.encode(beside.proof().statement()));
        return papers(json, beside.proof().roster(), beside.proof().revocations());
    }

    public static VisitorView ended(Conversation row) {
        return of(row, state(row).put("why", word(row.facts().why().orElseThrow())));
    }

    private static JsonObject state(Conversation row) {
        return new JsonObject().put("conversation", row.id().id().text()).put("state", word(row.state()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether she has a place in the line. */
    public boolean waits() {
        return "waiting".equals(content.getString("state"));
    }

    JsonObject json() {
        JsonObject json = new JsonObject().put("t", "view").put("rev", rev).mergeIn(content);
        seq.ifPresent(last -> json.put("seq", last));
        return json;
    }
}
