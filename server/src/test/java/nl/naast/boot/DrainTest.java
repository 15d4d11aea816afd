package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Going down: sockets are told to come back, and nothing acknowledged is lost (Done when c 5)")
class DrainTest {
    private static final Map<String, String> FAST = Map.of("limit.rate", "1000", "limit.burst", "10000");

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() throws Exception {
        http.close();
        House.await(vertx.close());
    }

    // seen failing: without the shutdown hook nobody was told and sockets broke. Not seen here: an append that answers 300 ms before its write, since going down waits for both
    @Test
    @DisplayName("SIGTERM of the real process under traffic: every socket hears reconnect, a held poll too; after the start everything acknowledged is there and the talk goes on")
    void sigterm(@TempDir Path directory) throws Exception {
        try (ServerProcess server = new ServerProcess(directory, FAST)) {
            Traffic traffic = new Traffic(server, client, http);
            traffic.begin(server.invitation());
            CompletableFuture<HttpResponse<String>> poll = heldPoll(server);
            traffic.run(200);
            assertFalse(poll.isDone());
            Thread ends = Thread.ofPlatform().start(() -> keepSending(traffic));
            assertEquals(143, server.terminate());
            ends.interrupt();
            ends.join();
            for (Peer peer : traffic.peers()) {
                assertTrue(peer.hear("reconnect").getInteger("after") > 0);
                assertEquals(1001, peer.closeCode());
            }
            assertEquals("reconnect", new JsonObject(poll.get(5, TimeUnit.SECONDS).body()).getJsonArray("frames").getJsonObject(0).getString("t"));
            int acknowledged = traffic.note();
            assertTrue(acknowledged >= 200 && acknowledged < traffic.asked(), acknowledged + " of " + traffic.asked() + " acknowledged: the stop came in the middle");

            server.start();
            traffic.resume();
            assertEquals(Set.of(), traffic.missing());
            int[] places = traffic.places();
            assertTrue(places[0] > 5, "only " + places[0] + " had a place");
            assertEquals(0, places[1]);
            assertEquals("stored", traffic.visitor.message().getString("t"));
            assertEquals("stored", traffic.expert.message(traffic.visitor).getString("t"));
            System.out.println("drain: " + acknowledged + " of " + traffic.asked() + " acknowledged when SIGTERM came, " + places[0] + " in line, 0 lost");
        }
    }

    private static void keepSending(Traffic traffic) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                traffic.send();
                Thread.sleep(1);
            } catch (InterruptedException | RuntimeException over) { // a closed socket takes nothing more
                return;
            }
        }
    }

    /** Of a visitor who has no conversation: nothing but the stop answers her before her time is over. */
    private CompletableFuture<HttpResponse<String>> heldPoll(ServerProcess server) {
        String body = new JsonObject().put("t", "poll").put("v", 1).put("rev", 0).put("after", 0).encode();
        HttpRequest poll = HttpRequest.newBuilder(URI.create("http://localhost:" + server.visitorPort() + "/poll")).header("Authorization", "Bearer " + Peer.bytes(MlsBytes.random(32)))
            .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return http.sendAsync(poll, HttpResponse.BodyHandlers.ofString());
    }
}
