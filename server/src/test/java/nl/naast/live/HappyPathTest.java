package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MovableClock;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A visitor and an expert, over real sockets (protocol.md §12)")
class HappyPathTest {
    private final Vertx vertx = Vertx.vertx();
    private WebSocketClient client;
    private House house;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        client = vertx.createWebSocketClient();
        house = House.open(vertx, directory, new MovableClock(), new House.Rules());
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        House.await(vertx.close());
    }

    @Test
    @DisplayName("hello, join, lease, claim, add, ack, messages both ways, leave")
    void story() throws Exception {
        Visitor visitor = Visitor.at(house, client);
        JsonObject waiting = visitor.join("nl").getJsonObject("view");
        assertEquals("waiting", waiting.getString("state"));
        assertEquals(1, waiting.getInteger("position"));

        Expert expert = Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
        JsonObject claimed = expert.claim(1);
        assertEquals(visitor.conversation, claimed.getString("conversation"));
        JsonObject view = visitor.peer.hear("view", "claimed");
        assertEquals("AQID", view.getString("statement"));

        assertEquals(1, visitor.add().getLong("seq"));
        assertEquals("add", expert.peer.hear("envelope").getString("kind"));
        assertEquals("acked", expert.ack(visitor.conversation, 1).getString("t"));
        assertEquals("here", visitor.peer.hear("view", "talking").getString("expert"));

        JsonObject stored = visitor.message();
        assertEquals(2, stored.getLong("seq"));
        assertEquals(2, expert.peer.hear("envelope").getLong("seq"));
        assertEquals(3, expert.message(visitor).getLong("seq"));
        JsonObject pushed = visitor.peer.hear("envelope");
        assertEquals("expert", pushed.getString("from"));
        assertEquals(3, pushed.getLong("seq"));
        assertFalse(expert.peer.hasHeard("hint"), "a socket right before the envelope gets the envelope");

        assertEquals(3, visitor.fetch(0).getJsonArray("items").size());
        assertEquals("left", visitor.leave().getString("t"));
        JsonObject desk = expert.peer.hear(frame -> "desk".equals(frame.getString("t")) && !frame.getJsonArray("ended").isEmpty());
        assertEquals("left", desk.getJsonArray("ended").getJsonObject(0).getString("why"));
    }

    // seen failing: with readiness not asked in ClaimNext
    @Test
    @DisplayName("an expert who is not ready (one passkey, D1) takes nobody: not-now, and the visitor waits on")
    void notReady() throws Exception {
        Visitor visitor = Visitor.at(house, client);
        visitor.join("nl");
        Expert expert = Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
        house.onePasskey(expert.who.id());
        assertEquals("not-now", expert.claim(1).getString("code"));
        Expert ready = Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
        assertEquals(visitor.conversation, ready.claim(1).getString("conversation"));
    }
}
