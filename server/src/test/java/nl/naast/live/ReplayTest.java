package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.MovableClock;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.support.Rows;
import nl.naast.support.Whole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is sent again: the same answer for who sent it, nothing for anybody else, and no row changes")
class ReplayTest {
    private final Vertx vertx = Vertx.vertx();
    private Path data;
    private WebSocketClient client;
    private House house;
    private Visitor visitor;
    private Expert expert;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        data = directory;
        client = vertx.createWebSocketClient();
        house = House.open(vertx, directory, new MovableClock(), new House.Rules());
        visitor = Visitor.at(house, client);
        expert = desk();
        settled();
    }

    private Expert desk() throws Exception {
        return Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        House.await(vertx.close());
    }

    private JsonObject hers(String type) {
        return Peer.frame(type).put("conversation", visitor.conversation);
    }

    private JsonObject append(String kind, byte[] body) {
        return hers("append").put("id", Peer.id()).put("kind", kind).put("body", Peer.bytes(body));
    }

    private String post(boolean desk, JsonObject frame) {
        return desk ? Whole.post(house.staffOrigin() + "/frames", frame.encode(), "Cookie", "__Host-naast=" + expert.who.cookie(), "X-Naast", "1", "Naast-Version", "1").body()
            : Whole.post(house.visitorOrigin() + "/frames", frame.encode(), "Authorization", "Bearer " + visitor.capability, "Naast-Version", "1").body();
    }

    /** Posts it, then again on a socket and posted. @return the answer */
    private JsonObject thrice(boolean desk, JsonObject frame) throws Exception {
        JsonObject whole = (desk && !frame.getString("t").equals("lease") ? frame.put("fence", expert.fence) : frame).put("n", 7);
        String first = post(desk, whole);
        List<String> after = settled();
        Peer peer = desk ? expert.peer : visitor.peer;
        peer.say(whole);
        assertEquals(first, peer.hear(answer -> Integer.valueOf(7).equals(answer.getInteger("n"))).encode());
        assertEquals(first, post(desk, whole));
        assertEquals(after, settled(), whole.getString("t"));
        return new JsonObject(first);
    }

    /** What is written behind an answer (a desk's list of what left it) stands in the writer's line before this, which changes nothing. */
    private List<String> settled() throws Exception {
        for (int i = 0; i < 3; i++) {
            expert.ask(Peer.frame("available").put("yes", true));
        }
        return Rows.of(data);
    }

    private JsonObject join() {
        byte[] key = new byte[65];
        key[0] = 4;
        return hers("join").put("language", "nl").put("consentKey", Peer.bytes(key));
    }

    private JsonObject claim() {
        return Peer.frame("claim").put("claim", Peer.id()).put("slot", 1).put("keyPackage", Peer.bytes(MlsBytes.keyPackage(MlsBytes.SUITE)));
    }

    // seen failing: with SqliteConversations.carryOut not looking for the envelope's id and Recent not asked (an add: not-now; a message: stored again, as the next)
    @Test
    @DisplayName("every write of a whole life, from join to leave")
    void everyWrite() throws Exception {
        assertEquals("joined", thrice(false, join()).getString("t"));
        assertEquals("claimed", thrice(true, claim()).getString("t"));
        assertEquals(1, thrice(false, append("add", MlsBytes.add(visitor.group, 0))).getLong("seq"));
        assertEquals("acked", thrice(true, hers("ack").put("seq", 1)).getString("t"));
        assertEquals(2, thrice(false, append("message", MlsBytes.message(visitor.group, 1))).getLong("seq"));
        assertEquals(3, thrice(true, append("message", MlsBytes.message(visitor.group, 1))).getLong("seq"));
        assertEquals(4, thrice(true, append("commit", MlsBytes.commit(visitor.group, 1))).getLong("seq"));
        assertEquals("acked", thrice(false, hers("ack").put("seq", 3)).getString("t"));
        assertEquals("noted", thrice(true, Peer.frame("available").put("yes", true)).getString("t"));
        assertEquals("noted", thrice(true, Peer.frame("away").put("yes", true)).getString("t"));
        assertEquals("noted", thrice(true, Peer.frame("away").put("yes", false)).getString("t"));
        assertEquals("leased", thrice(true, Peer.frame("lease").put("v", 1).put("desk", expert.desk)).getString("t"));
        assertEquals("released", thrice(true, hers("release")).getString("t"));
        assertEquals("left", thrice(false, hers("leave").put("quick", false)).getString("t"));
    }

    @Test
    @DisplayName("an envelope that was acknowledged and destroyed meanwhile, and one after the end: the same number, and it does not come back")
    void destroyed() throws Exception {
        talking();
        JsonObject message = append("message", MlsBytes.message(visitor.group, 1)).put("n", 7);
        String first = post(false, message);
        visitor.ack(2);
        expert.ack(visitor.conversation, 2);
        assertEquals(0, visitor.fetch(0).getJsonArray("items").size());
        List<String> before = settled();
        assertEquals(first, post(false, message));
        assertEquals(before, settled());
        expert.ask(hers("close"));
        before = settled();
        assertEquals(first, post(false, message));
        assertEquals(before, settled());
    }

    private void talking() throws Exception {
        visitor.join("nl");
        expert.claim(1);
        visitor.peer.hear("view", "claimed");
        visitor.add();
        expert.ack(visitor.conversation, 1);
    }

    // seen failing: with AppendEnvelope.current answering true
    @Test
    @DisplayName("under a new id: an old commit, an old add and a message of an epoch that is over are refused; so is somebody else's envelope in one's own conversation")
    void underANewId() throws Exception {
        talking();
        byte[] message = MlsBytes.message(visitor.group, 1);
        byte[] commit = MlsBytes.commit(visitor.group, 1);
        byte[] add = MlsBytes.add(visitor.group, 0);
        visitor.append("message", Peer.id(), message);
        visitor.append("commit", Peer.id(), commit);
        Visitor other = Visitor.at(house, client);
        other.join("nl");
        desk().claim(1);
        other.peer.hear("view", "claimed");
        other.add();
        List<String> before = settled();
        assertEquals("stale-epoch", visitor.append("message", Peer.id(), message).getString("code"));
        assertEquals("stale-epoch", visitor.append("commit", Peer.id(), commit).getString("code"));
        assertEquals("not-now", visitor.append("add", Peer.id(), add).getString("code"));
        assertEquals("stale-epoch", other.append("message", Peer.id(), message).getString("code"));
        assertEquals("stale-epoch", other.append("commit", Peer.id(), commit).getString("code"));
        assertEquals(before, settled());
    }

    // seen failing: with claimFirst answering whoever repeats a claim id
    @Test
    @DisplayName("another desk's claim id gives nothing away")
    void claimIds() throws Exception {
        visitor.join("nl");
        String claim = Peer.id();
        expert.claim(1, claim);
        List<String> before = settled();
        assertEquals("limit", desk().claim(1, claim).getString("code"));
        assertEquals(before.stream().filter(row -> row.startsWith("conversation")).toList(), settled().stream().filter(row -> row.startsWith("conversation")).toList());
    }
}
