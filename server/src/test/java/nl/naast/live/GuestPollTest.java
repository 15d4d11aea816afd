package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.support.Whole;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A third person, and a visitor, on the fallback: frames posted, news polled (protocol.md §1)")
class GuestPollTest extends GuestHouse {
    private House.SignedIn who;
    private long fence;
    private long rev = 1;

    private JsonObject posted(String path, JsonObject frame) {
        return new JsonObject(Whole.post(house.staffOrigin() + path, frame.encode(), "Cookie", "__Host-naast=" + who.cookie(), "X-Naast", "1", "Naast-Version", "1").body());
    }

    private JsonObject asked(JsonObject frame) {
        return posted("/frames", frame.put("n", 7).put("fence", fence));
    }

    /** What a held poll of the guest's answers; her view is the last that she was told. */
    private List<JsonObject> polled(Visitor visitor, long after) {
        JsonObject cursors = new JsonObject().put(visitor.conversation, after);
        List<JsonObject> frames = posted("/poll", Peer.frame("poll").put("v", 1).put("rev", rev).put("after", cursors)).getJsonArray("frames").stream().map(JsonObject.class::cast).toList();
        frames.stream().filter(frame -> "desk".equals(frame.getString("t"))).forEach(desk -> rev = desk.getLong("rev"));
        return frames;
    }

    private static JsonObject desk(List<JsonObject> frames) {
        return frames.stream().filter(frame -> "desk".equals(frame.getString("t"))).findFirst().orElseThrow();
    }

    // seen failing: with DeskPoll reading on only where she leads
    @Test
    @DisplayName("she hears of the call, answers it, reads from the add that brought her in and what is said after it, and goes")
    void walk() throws Exception {
        Visitor visitor = waiting("nl");
        Expert lead = desk("nl");
        talk(lead, visitor);
        who = house.signIn(Set.of(Role.COORDINATOR), "nl");
        fence = posted("/frames", Peer.frame("lease").put("v", 1).put("n", 7).put("desk", Peer.id())).getLong("fence");
        String call = call(lead, visitor, "look", true);
        assertEquals(call, desk(polled(visitor, 0)).getJsonArray("calls").getJsonObject(0).getString("call"));
        assertSaid("answered", asked(Peer.frame("answer").put("call", call).put("slot", 1).put("keyPackage", Peer.bytes(MlsBytes.keyPackage(MlsBytes.SUITE)))));
        JsonObject view = new JsonObject(Whole.post(house.visitorOrigin() + "/poll", Peer.frame("poll").put("v", 1).put("rev", 1).put("after", 0).encode(), "Authorization", "Bearer " + visitor.capability).body())
            .getJsonArray("frames").stream().map(JsonObject.class::cast).filter(frame -> "view".equals(frame.getString("t"))).findFirst().orElseThrow();
        assertEquals("asked look", view.getJsonObject("guest").getString("state") + " " + view.getJsonObject("guest").getString("for"));
        assertEquals("claimed", desk(polled(visitor, 0)).getJsonArray("conversations").getJsonObject(0).getString("state"));
        long add = visitor.add().getLong("seq");
        long said = visitor.message().getLong("seq");
        assertEquals(List.of(add, said), polled(visitor, 0).stream().filter(frame -> "envelope".equals(frame.getString("t"))).map(frame -> frame.getLong("seq")).toList());
        assertSaid("acked", asked(of(visitor, "ack").put("seq", said)));
        assertEquals("talking", desk(polled(visitor, said)).getJsonArray("conversations").getJsonObject(0).getString("state"));
        assertSaid("stored", asked(of(visitor, "append").put("id", Peer.id()).put("kind", "message").put("body", Peer.bytes(MlsBytes.message(visitor.group, visitor.epoch)))));
        assertSaid("uncalled", asked(of(visitor, "uncall", call)));
        assertTrue(polled(visitor, said).stream().noneMatch(frame -> "envelope".equals(frame.getString("t"))));
        assertSaid("unknown", asked(of(visitor, "fetch").put("after", 0).put("limit", 10)));
    }
}
