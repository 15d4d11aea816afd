package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import nl.naast.house.Expert;
import nl.naast.house.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Another person, please; and given over without a reason (protocol.md §7)")
class AnotherTest extends GuestHouse {
    private Visitor visitor;
    private Visitor behind;
    private Expert first;
    private Expert second;

    @BeforeEach
    void talking() throws Exception {
        visitor = waiting("nl");
        behind = waiting("nl");
        first = desk("nl");
        second = desk("nl");
        talk(first, visitor);
    }

    private String waits() throws Exception {
        JsonObject view = viewOf(visitor);
        return view.getString("state") + " " + view.getString("again") + " " + view.getInteger("position");
    }

    private void passes(Expert one, Expert other) throws Exception {
        assertEquals(behind.conversation, one.claim(1).getString("conversation"), "she who waits behind her");
        assertSaid("nobody", one.claim(2));
        assertEquals(visitor.conversation, other.claim(1).getString("conversation"));
    }

    // seen failing: with the line giving the first to whoever asks; in MongoDB: GuestSeveralTest
    @Test
    @DisplayName("she stands at the head, is told why, and whoever had her is not given her again; repeating it changes nothing")
    void another() throws Exception {
        assertSaid("noted", visitor.peer.ask(of(visitor, "another")));
        assertSaid("noted", visitor.peer.ask(of(visitor, "another")));
        assertEquals("waiting another 1", waits());
        assertEquals("another", leftOf(first));
        assertEquals("unknown", unknown(first, visitor));
        passes(first, second);
        assertSaid("not-now", visitor.peer.ask(of(visitor, "another")));
    }

    @Test
    @DisplayName("a guest, whatever for and however far, has her no more either")
    void withGuest() throws Exception {
        guest(first, visitor, second, "transfer", true);
        assertSaid("noted", visitor.peer.ask(of(visitor, "another")));
        assertEquals("waiting another 1", waits());
        assertEquals("another", leftOf(second));
        assertEquals("unknown", unknown(second, visitor));
        passes(first, second);
    }

    // seen failing: with release passing nobody over, and with "again" not looked at
    @Test
    @DisplayName("an expert gives her over without a reason, and is not given her again; a desk that cannot go on with her may be")
    void givenOver() throws Exception {
        assertSaid("released", first.ask(of(visitor, "release").put("again", true)));
        assertEquals("waiting released 1", waits());
        visitor.peer.forget();
        talk(first, visitor);
        assertSaid("released", first.ask(of(visitor, "release")));
        assertEquals("waiting released 1", waits());
        passes(first, second);
    }

    // seen failing: with only the last of them remembered
    @Test
    @DisplayName("whom she was to be rid of first is passed over still, when the next one goes too; and is no guest of hers either")
    void both() throws Exception {
        visitor.peer.ask(of(visitor, "another"));
        visitor.peer.forget();
        talk(second, visitor);
        String call = call(second, visitor, "transfer", true);
        assertEquals(0, deskOf(first).getJsonArray("calls").size());
        assertSaid("nobody", answer(first, call, 1));
        visitor.peer.ask(of(visitor, "another"));
        assertEquals(behind.conversation, first.claim(1).getString("conversation"));
        assertSaid("nobody", second.claim(1));
    }
}
