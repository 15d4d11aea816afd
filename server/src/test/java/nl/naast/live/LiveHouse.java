package nl.naast.live;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MovableClock;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A house with sockets whose clock and seconds a test moves by itself. */
abstract class LiveHouse {
    @TempDir
    Path directory;
    final Vertx vertx = Vertx.vertx();
    final MovableClock clock = new MovableClock();
    WebSocketClient client;
    House house;

    @BeforeEach
    void open() throws Exception {
        client = vertx.createWebSocketClient();
        house = House.open(vertx, directory, clock, new House.Rules());
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        House.await(vertx.close());
    }

    Visitor waiting(String language) throws Exception {
        Visitor visitor = Visitor.at(house, client);
        visitor.join(language);
        return visitor;
    }

    House.SignedIn person(String... languages) {
        return house.signIn(Set.of(Role.EXPERT), languages);
    }

    Expert desk(String... languages) throws Exception {
        return Expert.at(house, client, person(languages), Peer.id());
    }

    /** The first in line is claimed, adds the expert, is joined. */
    void talk(Expert expert, Visitor visitor) throws Exception {
        expert.claim(1);
        visitor.peer.hear("view", "claimed");
        long seq = visitor.add().getLong("seq");
        expert.ack(visitor.conversation, seq);
        visitor.peer.hear("view", "talking");
    }

    /** Time passes second by second as far as anybody can tell; those who are named are there all the while. */
    void pass(Duration time, Peer... there) throws Exception {
        Duration left = time;
        while (left.isPositive()) {
            Duration step = left.compareTo(Duration.ofSeconds(5)) > 0 ? Duration.ofSeconds(5) : left;
            left = left.minus(step);
            clock.move(step);
            for (Peer peer : there) {
                peer.ask(Peer.frame("ping"));
            }
            House.await(house.live.tick());
        }
    }

    /** Her connection breaks, and the server has noticed. */
    void lost(Peer peer) throws Exception {
        int before = house.live.open();
        peer.close();
        for (int i = 0; i < 500 && house.live.open() == before; i++) {
            Thread.sleep(10);
        }
    }

    Visitor back(Visitor visitor) throws Exception {
        return Visitor.again(house, client, visitor.capability, visitor.conversation);
    }

    /** What the view says to a page that connects now. */
    JsonObject viewOf(Visitor visitor) throws Exception {
        Visitor again = back(visitor);
        JsonObject view = again.peer.hear("view");
        lost(again.peer);
        return view;
    }
}
