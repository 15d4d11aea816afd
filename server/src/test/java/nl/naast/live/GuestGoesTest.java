package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A guest goes, and whoever leads goes while one is there (protocol.md §7)")
class GuestGoesTest extends GuestHouse {
    private static final Duration VANISHED = Duration.ofSeconds(30);

    private Visitor visitor;
    private Expert lead;
    private Expert guest;

    @BeforeEach
    void talking() throws Exception {
        visitor = waiting("nl");
        lead = desk("nl");
        guest = desk("nl");
        talk(lead, visitor);
    }

    /** She is no member any more; the lead is, and talks on. */
    private void isGone(String why) throws Exception {
        assertEquals("nobody", stateOf(guestOf(visitor)));
        assertEquals("unknown", unknown(guest, visitor));
        assertNull(talkOf(guest));
        assertEquals(why, leftOf(guest));
        assertEquals("lead talking", talkOf(lead).getString("part") + " " + talkOf(lead).getString("state"));
        assertNull(talkOf(lead).getJsonObject("guest"));
        assertSaid("stored", lead.message(visitor));
    }

    private void isLead(String call) throws Exception {
        JsonObject view = viewOf(visitor);
        assertEquals(List.of("talking", call), List.of(view.getString("state"), view.getString("claim")));
        assertNull(view.getJsonObject("guest"));
        assertEquals("lead", talkOf(guest).getString("part"));
        assertSaid("stored", guest.message(visitor));
    }

    // seen failing: with withoutGuest keeping the guest
    @Test
    @DisplayName("the lead takes the call back, at any time; asking again changes nothing")
    void taken() throws Exception {
        String first = call(lead, visitor, "transfer", true);
        assertSaid("uncalled", lead.ask(of(visitor, "uncall", first)));
        assertSaid("nobody", answer(guest, first, 1));
        assertSaid("uncalled", lead.ask(of(visitor, "uncall", first)));
        String second = guest(lead, visitor, guest, "transfer", true);
        assertSaid("uncalled", lead.ask(of(visitor, "uncall", first)));
        assertEquals("in", stateOf(guestOf(visitor)), "another call's");
        assertSaid("uncalled", lead.ask(of(visitor, "uncall", second)));
        isGone("uncalled");
    }

    // seen failing: with uncall's repetition not looked for in the lease
    @Test
    @DisplayName("the guest goes herself, and hears so each time she asks")
    void goes() throws Exception {
        String call = guest(lead, visitor, guest, "transfer", true);
        assertSaid("uncalled", guest.ask(of(visitor, "uncall", call)));
        isGone("uncalled");
        assertSaid("uncalled", guest.ask(of(visitor, "uncall", call)));
    }

    // seen failing: with decline carried out for the lead's claim too
    @Test
    @DisplayName("the visitor says no, when she is asked and later; nothing is relayed to or from that guest from then on")
    void declined() throws Exception {
        String asked = call(lead, visitor, "transfer", true);
        answer(guest, asked, 1);
        assertSaid("declined", visitor.peer.ask(of(visitor, "decline", asked)));
        isGone("declined");
        String call = guest(lead, visitor, guest, "transfer", true);
        assertSaid("declined", visitor.peer.ask(of(visitor, "decline", call)));
        assertSaid("declined", visitor.peer.ask(of(visitor, "decline", call)));
        guest.peer.forget();
        isGone("declined");
        visitor.message();
        visitor.peer.ask(of(visitor, "signal").put("body", "AAAA"));
        lead.peer.hear("signal");
        assertFalse(guest.peer.hasHeard("envelope") || guest.peer.hasHeard("hint") || guest.peer.hasHeard("signal"));
        assertEquals("unknown", guest.fetch(visitor.conversation, 0).getString("code"));
        String over = guest(lead, visitor, guest, "transfer", false);
        assertSaid("not-now", visitor.peer.ask(of(visitor, "decline", over)));
        isLead(over);
    }

    // seen failing: with the janitor looking at the lead's seat alone
    @Test
    @DisplayName("a guest who vanishes, or is away too long, is no guest any more; the lead talks on")
    void vanished() throws Exception {
        guest(lead, visitor, guest, "transfer", true);
        House.SignedIn who = guest.who;
        lost(guest.peer);
        pass(VANISHED.minusSeconds(1), visitor.peer, lead.peer);
        assertEquals("in", stateOf(guestOf(visitor)));
        pass(Duration.ofSeconds(1), visitor.peer, lead.peer);
        guest = Expert.at(house, client, who, guest.desk);
        isGone("uncalled");
        guest(lead, visitor, guest, "transfer", true);
        guest.ask(Peer.frame("away").put("yes", true));
        House.await(house.live.tick());
        assertEquals("away", guestOf(visitor).getString("expert"));
        pass(House.EXPERT_AWAY, visitor.peer, lead.peer, guest.peer);
        isGone("uncalled");
    }

    // seen failing: with missed() running a guest's time while the visitor is asked, and with no time for her join
    @Test
    @DisplayName("the visitor is asked as long as it takes; who is added and does not join within a minute is no guest any more")
    void doesNotJoin() throws Exception {
        String call = call(lead, visitor, "transfer", true);
        answer(guest, call, 1);
        pass(Duration.ofMinutes(5), visitor.peer, lead.peer, guest.peer);
        assertEquals("asked", stateOf(guestOf(visitor)));
        visitor.add();
        House.await(house.live.tick());
        pass(Duration.ofSeconds(59), visitor.peer, lead.peer, guest.peer);
        assertEquals("joining", stateOf(guestOf(visitor)));
        pass(Duration.ofSeconds(1), visitor.peer, lead.peer, guest.peer);
        isGone("uncalled");
    }

    // seen failing: with Lease.about looking at the lead's claim alone
    @Test
    @DisplayName("a guest who locks her desk before she is in is no guest any more; one who is in stays")
    void locked() throws Exception {
        answer(guest, call(lead, visitor, "transfer", true), 1);
        guest.ask(Peer.frame("away").put("yes", true));
        assertEquals("nobody", stateOf(guestOf(visitor)));
        guest.ask(Peer.frame("away").put("yes", false));
        guest(lead, visitor, guest, "transfer", true);
        guest.ask(Peer.frame("away").put("yes", true));
        assertEquals("in", stateOf(guestOf(visitor)));
    }

    // seen failing: with TakeOver taking over whoever has answered, and with Member not comparing the guest's fence
    @Test
    @DisplayName("a newer desk of hers: what she is in goes over to it, what she is not in yet is given back")
    void newerDesk() throws Exception {
        answer(guest, call(lead, visitor, "transfer", true), 1);
        guest = Expert.at(house, client, guest.who, Peer.id());
        assertEquals("nobody", stateOf(guestOf(visitor)));
        String call = guest(lead, visitor, guest, "transfer", true);
        Expert older = guest;
        guest = Expert.at(house, client, guest.who, Peer.id());
        assertEquals("guest talking " + call, talkOf(guest).getString("part") + " " + talkOf(guest).getString("state") + " " + talkOf(guest).getString("claim"));
        assertEquals("lease-lost", older.peer.hear("lease-lost").getString("t"));
        assertSaid("lease-lost", guest.peer.ask(of(visitor, "fetch").put("fence", older.fence).put("after", 0).put("limit", 10)));
        assertSaid("stored", guest.message(visitor));
    }

    @Test
    @DisplayName("signed out, or revoked: within a second, and the lead talks on")
    void stopped() throws Exception {
        guest(lead, visitor, guest, "transfer", true);
        house.signOut(guest.who);
        assertEquals("nobody", stateOf(guestOf(visitor)));
        assertEquals("lead", talkOf(lead).getString("part"));
        guest = desk("nl");
        guest(lead, visitor, guest, "transfer", true);
        house.revoked(guest.who.id());
        House.await(house.live.tick());
        assertEquals("nobody", stateOf(guestOf(visitor)));
        guest.peer.hear("lease-lost");
        assertSaid("stored", lead.message(visitor));
    }

    // seen failing: with Believed.look not looking at who looks along
    @Test
    @DisplayName("a coordinator whose statement is served no more looks along no more; her desk stays")
    void onlooker() throws Exception {
        Expert coordinator = coordinator();
        guest(lead, visitor, coordinator, "look", true);
        house.withoutStatement(coordinator.who.id());
        House.await(house.live.tick());
        assertEquals("nobody", stateOf(guestOf(visitor)));
        assertEquals("unknown", unknown(coordinator, visitor));
        assertFalse(coordinator.peer.hasHeard("lease-lost"));
        assertSaid("stored", lead.message(visitor));
    }

    // seen failing: with ReleaseConversation.gone always giving back
    @Test
    @DisplayName("the lead vanishes while a guest is in to take over: the guest becomes the lead, and the visitor does not wait")
    void leadVanishes() throws Exception {
        String call = guest(lead, visitor, guest, "transfer", true);
        lost(lead.peer);
        pass(VANISHED, visitor.peer, guest.peer);
        isLead(call);
    }

    @Test
    @DisplayName("the lead signs out, is revoked, or gives her over: the guest who is in to take over becomes the lead")
    void leadStops() throws Exception {
        String signedOut = guest(lead, visitor, guest, "transfer", true);
        house.signOut(lead.who);
        isLead(signedOut);
        lead = guest;
        guest = desk("nl");
        String revoked = guest(lead, visitor, guest, "transfer", true);
        house.revoked(lead.who.id());
        House.await(house.live.tick());
        isLead(revoked);
        lead = guest;
        guest = desk("nl");
        String released = guest(lead, visitor, guest, "transfer", true);
        assertSaid("released", lead.ask(of(visitor, "release")));
        assertSaid("released", lead.ask(of(visitor, "release")));
        isLead(released);
        assertEquals("handed-over", leftOf(lead));
    }

    // seen failing: with gone() handing over to whoever has answered, whatever for
    @Test
    @DisplayName("with a guest who is only asked for, joins, or looks along, the visitor waits again, and nobody is a guest")
    void leadGoesAlone() throws Exception {
        answer(guest, call(lead, visitor, "transfer", true), 1);
        lead.ask(of(visitor, "release").put("again", true));
        assertEquals("waiting released", viewOf(visitor).getString("state") + " " + viewOf(visitor).getString("again"));
        assertEquals("unknown", unknown(guest, visitor));
        visitor.peer.forget();
        talk(lead, visitor);
        answer(guest, call(lead, visitor, "transfer", true), 1);
        visitor.add();
        lead.ask(of(visitor, "release").put("again", true));
        assertEquals("waiting", viewOf(visitor).getString("state"));
        visitor.peer.forget();
        talk(lead, visitor);
        Expert coordinator = coordinator();
        guest(lead, visitor, coordinator, "look", true);
        lost(lead.peer);
        pass(VANISHED, visitor.peer, coordinator.peer);
        assertEquals("waiting vanished", viewOf(visitor).getString("state") + " " + viewOf(visitor).getString("again"));
        assertEquals("unknown", unknown(coordinator, visitor));
    }

    // seen failing: with the end of a conversation clearing every guest, and with a call left standing at the end
    @Test
    @DisplayName("the end: a guest who is in reads to it; a call that brought nobody is over with it")
    void theEnd() throws Exception {
        guest(lead, visitor, guest, "transfer", true);
        long last = visitor.message().getLong("seq");
        visitor.leave();
        lead.ack(visitor.conversation, last);
        assertEquals(last, guest.fetch(visitor.conversation, last - 1).getJsonArray("items").getJsonObject(0).getLong("seq"));
        assertEquals("left", leftOf(guest));
        assertSaid("closed", guest.message(visitor));
        Visitor second = waiting("nl");
        talk(lead, second);
        String call = call(lead, second, "transfer", true);
        lead.ask(of(second, "close"));
        assertSaid("nobody", answer(guest, call, 1));
        assertEquals(0, deskOf(guest).getJsonArray("calls").size());
    }

    // A desk that is told of the next end before the lease is written takes the older entry for it. Seen failing: that entry kept.
    @Test
    @DisplayName("whoever has her again is told no more how she left the first time")
    void again() throws Exception {
        guest(lead, visitor, guest, "transfer", false);
        assertEquals("handed-over", leftOf(lead));
        assertSaid("called", guest.ask(of(visitor, "call", Peer.id()).put("for", "transfer").put("warm", true)));
        String call = deskOf(lead).getJsonArray("calls").getJsonObject(0).getString("call");
        assertSaid("answered", answer(lead, call, 1));
        for (int i = 0; i < 200 && !House.await(house.desks.find(lead.who.id())).orElseThrow().givenBack().isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertEquals(List.of(), House.await(house.desks.find(lead.who.id())).orElseThrow().givenBack());
        assertSaid("declined", visitor.peer.ask(of(visitor, "decline", call)));
        assertEquals("declined", leftOf(lead));
    }
}
