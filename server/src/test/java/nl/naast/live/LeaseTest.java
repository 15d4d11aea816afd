package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The desk lease: a newer desk has it for good")
class LeaseTest extends LiveHouse {
    private static JsonObject lease(String desk) {
        return Peer.frame("lease").put("v", 1).put("desk", desk);
    }

    // seen failing: with Lease.taken giving the lease to whoever comes
    @Test
    @DisplayName("a desk that slept while a newer one took the lease does not take it back: the newer one talks on")
    void slept() throws Exception {
        House.SignedIn her = person("nl");
        Expert older = Expert.at(house, client, her, Peer.id());
        lost(older.peer);
        Expert newer = Expert.at(house, client, her, Peer.id());
        Visitor visitor = waiting("nl");
        talk(newer, visitor);
        assertEquals("lease-lost", Peer.desk(house, client, her).ask(lease(older.desk)).getString("code"));
        assertEquals("stored", newer.message(visitor).getString("t"));
        lost(newer.peer);
        assertEquals(newer.fence, Expert.at(house, client, her, newer.desk).fence, "the same desk keeps its fence");
    }

    // seen failing: with revoked() forgetting the desk
    @Test
    @DisplayName("a desk whose session was ended or locked does not get its lease back with a new session")
    void revoked() throws Exception {
        House.SignedIn her = person("nl");
        Expert locked = Expert.at(house, client, her, Peer.id());
        House.await(house.desks.releaseAll(her.id()));
        assertEquals("lease-lost", Peer.desk(house, client, her).ask(lease(locked.desk)).getString("code"));
        assertEquals("leased", Peer.desk(house, client, her).ask(lease(Peer.id())).getString("t"));
    }
}
