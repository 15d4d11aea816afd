package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The line: by arrival, by language, with an honest range")
class LineTest extends LiveHouse {
    // seen failing: with ORDER BY id in SqliteWaitingLine.first
    @Test
    @DisplayName("people are taken in the order in which they came, whatever the clock says meanwhile")
    void arrival() throws Exception {
        List<String> came = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            came.add(waiting("nl").conversation);
            clock.move(Duration.ofMinutes(i % 2 == 0 ? -7 : 3));
        }
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            taken.add(desk("nl").claim(1).getString("conversation"));
        }
        assertEquals(came, taken);
        assertEquals("nobody", desk("nl").claim(1).getString("t"));
    }

    // seen failing: without language_tag in the condition of SqliteWaitingLine.first; with the position counted over all languages
    @Test
    @DisplayName("an expert gets and sees only whom she can talk with; places are counted within a language")
    void language() throws Exception {
        Visitor arabic = waiting("ar");
        Visitor dutch = waiting("nl");
        assertEquals(1, viewOf(dutch).getInteger("position"));
        Expert expert = desk("nl", "en");
        JsonObject seen = expert.peer.ask(Peer.frame("lease").put("v", 1).put("desk", expert.desk)).getJsonObject("view");
        assertEquals(new JsonArray().add(new JsonObject().put("language", "nl").put("count", 1).put("longest", 0)), seen.getJsonArray("waiting"));
        assertEquals(dutch.conversation, expert.claim(1).getString("conversation"));
        assertEquals("nobody", expert.claim(2).getString("t"));
        assertEquals(arabic.conversation, desk("nl", "ar").claim(1).getString("conversation"));
    }

    // seen failing: with a range told from one measured wait; with waits after a release measured too; without the filter on expiresAt in SqliteWaits.newest
    @Test
    @DisplayName("how long it takes is not known until five were measured; then it is what they waited; a week later not known again, before any sweep")
    void range() throws Exception {
        for (int minutes = 2; minutes <= 10; minutes += 2) {
            assertNull(told(), "not known yet");
            Visitor visitor = waiting("nl");
            Expert expert = desk("nl");
            clock.move(Duration.ofMinutes(minutes));
            talk(expert, visitor);
            if (minutes == 2) {
                expert.ask(Peer.frame("release").put("conversation", visitor.conversation).put("again", true));
                clock.move(Duration.ofMinutes(50));
                visitor.peer.forget();
                talk(expert, visitor);
            }
        }
        clock.move(Duration.ofSeconds(31));
        assertEquals(new JsonArray().add(4).add(8), told());
        clock.move(Duration.ofDays(7));
        assertNull(told());
    }

    // seen failing: with the wait measured at the claim
    @Test
    @DisplayName("who never took an expert in says nothing about how long people waited")
    void ghosts() throws Exception {
        for (int i = 0; i < 6; i++) {
            Visitor ghost = waiting("nl");
            Expert expert = desk("nl");
            expert.claim(1);
            ghost.peer.hear("view", "claimed");
            ghost.add();
            ghost.leave();
        }
        clock.move(Duration.ofSeconds(31));
        assertNull(told());
    }

    private JsonArray told() throws Exception {
        Visitor asks = Visitor.at(house, client);
        JsonArray range = asks.join("nl").getJsonObject("view").getJsonArray("range");
        asks.leave();
        return range;
    }

    // seen failing: with lineChanged not called for who left
    @Test
    @DisplayName("who leaves is out of the line at once, and those behind her are told")
    void leave() throws Exception {
        Visitor first = waiting("nl");
        Visitor second = waiting("nl");
        Thread.sleep(500); // what her own coming set off has been told
        second.peer.forget();
        assertEquals("left", first.leave().getString("t"));
        assertEquals(1, second.peer.hear(frame -> Integer.valueOf(1).equals(frame.getInteger("position"))).getInteger("position"));
        assertEquals("none", viewOf(first).getString("state"), "nobody had her");
        Expert expert = desk("nl");
        assertEquals(second.conversation, expert.claim(1).getString("conversation"));
        assertEquals("nobody", expert.claim(2).getString("t"));
        assertEquals("left", second.leave().getString("t"));
        assertEquals("left", second.leave().getString("t"), "leaving twice is leaving once");
        assertEquals("left", viewOf(second).getString("why"));
        expert.peer.hear(frame -> "desk".equals(frame.getString("t")) && frame.getJsonArray("ended").encode().contains("left"));
        assertEquals(0, House.await(house.queue.line()).size());
    }

    // seen failing: with insert() refused for a repetition (the unique id)
    @Test
    @DisplayName("asking for a place again gives the same place, and no second one")
    void again() throws Exception {
        Visitor first = waiting("nl");
        waiting("nl");
        assertEquals(1, back(first).join("nl").getJsonObject("view").getInteger("position"));
        assertEquals(2, House.await(house.queue.line()).size());
        Visitor other = Visitor.again(house, client, first.capability, Peer.id());
        assertEquals("not-now", other.join("nl").getString("code"));
        assertEquals("unknown", Visitor.again(house, client, Visitor.at(house, client).capability, first.conversation).join("nl").getString("code"));
    }
}
