package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import nl.naast.house.Expert;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.support.Browser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadTest {
    private static final int FETCHES = 2_000;

    @TempDir
    Path directory;

    /** After the collector ran; of server and client together, for they share this JVM. */
    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    @DisplayName("who asks and does not read the answers costs no memory: nothing more is taken from her until she reads")
    void bounded() throws Exception {
        // seen failing: with neither Socket.next nor Socket.say looking at the write queue
        Vertx vertx = Vertx.vertx();
        try (Booted house = new Booted(directory, Map.of("limit.rate", "1000", "limit.burst", "10000"))) {
            var client = vertx.createWebSocketClient();
            Browser first = house.first();
            Booted.registerStatement(first);
            Expert expert = house.desk(client, first);
            Visitor visitor = Visitor.at(house, client);
            visitor.join("nl");
            expert.claim(1);
            visitor.add();
            for (int i = 0; i < 30; i++) {
                visitor.append("message", Peer.id(), MlsBytes.privateMessage(visitor.group, visitor.epoch, 1, 4302));
            }
            long before = used();
            visitor.peer.stopReading();
            for (int i = 0; i < FETCHES; i++) {
                visitor.peer.say(Peer.frame("fetch").put("n", 10_000 + i).put("conversation", visitor.conversation).put("after", 0).put("limit", 100));
            }
            Thread.sleep(4_000);
            long grown = used() - before;
            System.out.println("unread: " + FETCHES + " fetches not read, " + grown / 1024 / 1024 + " MB more");
            assertTrue(grown < 60L * 1024 * 1024, () -> grown / 1024 / 1024 + " MB more");
        } finally {
            vertx.close();
        }
    }
}
