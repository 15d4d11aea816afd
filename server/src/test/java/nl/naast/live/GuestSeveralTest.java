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
import nl.naast.support.MongoForTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Three people at three processes of one database")
class GuestSeveralTest {
    @TempDir
    private Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final MovableClock clock = new MovableClock();
    private WebSocketClient client;
    private final House[] houses = new House[3];
    private Visitor visitor;
    private Expert lead;
    private Expert guest;

    @BeforeEach
    void sockets() {
        client = vertx.createWebSocketClient();
    }

    private void open(boolean bus) throws Exception {
        String database = MongoForTests.freshDatabase();
        for (int i = 0; i < houses.length; i++) {
            houses[i] = House.oneOfSeveral(vertx, directory, clock, database, bus);
        }
        visitor = Visitor.at(houses[0], client);
        visitor.join("nl");
        lead = Expert.at(houses[1], client, houses[1].signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
        guest = Expert.at(houses[2], client, houses[2].signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
        lead.claim(1);
        visitor.add();
        lead.ack(visitor.conversation, 1);
        tick();
    }

    @AfterEach
    void close() throws Exception {
        for (House house : houses) {
            house.close();
        }
        House.await(vertx.close());
    }

    private void tick() throws Exception {
        for (House house : houses) {
            House.await(house.live.tick());
        }
    }

    /** What is told over no bus is told by the look of each second. */
    private JsonObject hears(Peer peer, java.util.function.Predicate<JsonObject> wanted) throws Exception {
        for (int i = 0; i < 50 && !peer.hasHeard(wanted); i++) {
            tick();
            Thread.sleep(50);
        }
        return peer.hear(wanted);
    }

    private static boolean is(JsonObject frame, String type) {
        return type.equals(frame.getString("t"));
    }

    // seen failing: with Notice.Changed naming the lead's desk alone: the guest heard of the add half a minute later
    @ParameterizedTest(name = "over the bus: {0}")
    @ValueSource(booleans = {true, false})
    void three(boolean bus) throws Exception {
        open(bus);
        String call = Peer.id();
        assertEquals("called", lead.ask(Peer.frame("call").put("conversation", visitor.conversation).put("call", call).put("for", "transfer").put("warm", true)).getString("t"));
        hears(guest.peer, frame -> is(frame, "desk") && !frame.getJsonArray("calls").isEmpty());
        assertEquals("answered", GuestHouse.answer(guest, call, 1).getString("t"));
        hears(visitor.peer, frame -> is(frame, "view") && frame.getJsonObject("guest") != null);
        long add = visitor.add().getLong("seq");
        hears(guest.peer, frame -> is(frame, "hint") && frame.getLong("seq") == add);
        assertEquals(add, guest.fetch(visitor.conversation, 0).getJsonArray("items").getJsonObject(0).getLong("seq"));
        guest.ack(visitor.conversation, add);
        hears(lead.peer, frame -> is(frame, "desk") && frame.encode().contains("\"state\":\"in\""));
        long said = guest.message(visitor).getLong("seq");
        hears(visitor.peer, frame -> is(frame, "hint") && frame.getLong("seq") == said);
        hears(lead.peer, frame -> is(frame, "hint") && frame.getLong("seq") == said);
        assertEquals("handed-over", lead.ask(Peer.frame("hand-over").put("conversation", visitor.conversation).put("call", call)).getString("t"));
        hears(visitor.peer, frame -> is(frame, "view") && call.equals(frame.getString("claim")));
        assertEquals("unknown", lead.message(visitor).getString("code"));
        passedOver();
    }

    /** The new lead gives her over: to whoever had her before, never to herself. */
    private void passedOver() throws Exception {
        assertEquals("released", guest.ask(Peer.frame("release").put("conversation", visitor.conversation)).getString("t"));
        assertEquals("nobody", guest.claim(2).getString("t"));
        assertEquals(visitor.conversation, lead.claim(2).getString("conversation"));
        assertFalse(guest.peer.isClosed());
    }
}
