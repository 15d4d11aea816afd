package nl.naast.live;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;

/** A house in which a third person comes into a talk. */
abstract class GuestHouse extends LiveHouse {
    Expert coordinator() throws Exception {
        return Expert.at(house, client, house.signIn(Set.of(Role.COORDINATOR), "nl"), Peer.id());
    }

    static JsonObject of(Visitor visitor, String type) {
        return Peer.frame(type).put("conversation", visitor.conversation);
    }

    static JsonObject of(Visitor visitor, String type, String call) {
        return of(visitor, type).put("call", call);
    }

    /** The lead calls somebody. @return the call's id */
    static String call(Expert lead, Visitor visitor, String purpose, boolean warm) throws Exception {
        String call = Peer.id();
        assertSaid("called", lead.ask(of(visitor, "call", call).put("for", purpose).put("warm", warm)));
        return call;
    }

    static JsonObject answer(Expert guest, String call, int slot) throws Exception {
        return guest.ask(Peer.frame("answer").put("call", call).put("slot", slot).put("keyPackage", Peer.bytes(MlsBytes.keyPackage(MlsBytes.SUITE))));
    }

    /** Called, answered, added, in. @return the call's id */
    static String guest(Expert lead, Visitor visitor, Expert guest, String purpose, boolean warm) throws Exception {
        String call = call(lead, visitor, purpose, warm);
        assertSaid("answered", answer(guest, call, 1));
        letIn(visitor, guest);
        return call;
    }

    /** The visitor's client adds her; she reads that. */
    static long letIn(Visitor visitor, Expert guest) throws Exception {
        long seq = visitor.add().getLong("seq");
        assertSaid("acked", guest.ack(visitor.conversation, seq));
        return seq;
    }

    static void assertSaid(String expected, JsonObject answer) {
        org.junit.jupiter.api.Assertions.assertEquals(expected, answer.getString("code", answer.getString("t")));
    }

    /** The guest as the visitor is told of her by now. */
    JsonObject guestOf(Visitor visitor) throws Exception {
        return viewOf(visitor).getJsonObject("guest");
    }

    static String stateOf(JsonObject guest) {
        return guest == null ? "nobody" : guest.getString("state");
    }

    /** What a desk that connects now is told: with the same lease. */
    JsonObject deskOf(Expert expert) throws Exception {
        Peer peer = Peer.desk(house, client, expert.who);
        JsonObject leased = peer.ask(Peer.frame("lease").put("v", 1).put("desk", expert.desk));
        lost(peer);
        return leased.getJsonObject("view");
    }

    /** The talk that this desk has, or null. */
    JsonObject talkOf(Expert expert) throws Exception {
        List<JsonObject> talks = deskOf(expert).getJsonArray("conversations").stream().map(JsonObject.class::cast).toList();
        return talks.isEmpty() ? null : talks.getFirst();
    }

    /** As the desk is told why it has it no more; the list is written behind the answer. */
    String leftOf(Expert expert) throws Exception {
        for (int i = 0; i < 200; i++) {
            var ended = deskOf(expert).getJsonArray("ended");
            if (!ended.isEmpty()) {
                return ended.getJsonObject(0).getString("why");
            }
            Thread.sleep(10);
        }
        return "";
    }

    static String unknown(Expert expert, Visitor visitor) throws Exception {
        JsonObject answer = expert.message(visitor);
        return answer.getString("code", answer.getString("t"));
    }
}
