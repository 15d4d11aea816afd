package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import nl.naast.access.Role;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.Peer;
import nl.naast.house.StoreFiles;
import nl.naast.house.Visitor;
import nl.naast.platform.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only time finds; run by {@code ./naast soak}, never by {@code ./naast test}: its name is none that surefire looks for. Each test lasts {@code -Dnaast.soak.seconds}. */
class Soak {
    private static final long SECONDS = Long.getLong("naast.soak.seconds", 60);
    private static final Map<String, String> FAST = Map.of("limit.rate", "1000", "limit.burst", "10000", "limit.unacknowledged", "1000000", "limit.joins", "10000");
    private static final int PAIRS = 40;
    private static final int MESSAGES = 10;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(1000));
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long until = System.nanoTime() + SECONDS * 1_000_000_000L;
    private final AtomicLong talks = new AtomicLong();
    private final Map<String, Visitor> waiting = new ConcurrentHashMap<>();

    @AfterEach
    void close() throws Exception {
        http.close();
        House.await(vertx.close());
    }

    @Test
    @DisplayName("kill -9 of the server in mid-talk, again and again: nothing acknowledged is lost, both sides go on")
    void kills(@TempDir Path directory) throws Exception {
        try (ServerProcess server = new ServerProcess(directory, FAST)) {
            Traffic traffic = new Traffic(server, client, http);
            traffic.begin(server.invitation());
            int kills = 0;
            int places = 0;
            while (System.nanoTime() < until || kills == 0) {
                traffic.run(traffic.note() + 200);
                server.kill();
                kills++;
                traffic.note();
                server.start();
                traffic.resume();
                assertEquals(Set.of(), traffic.missing(), "after kill " + kills);
                int[] line = traffic.places();
                assertEquals(0, line[1], "places lost after kill " + kills);
                places += line[0];
                traffic.forgetLine();
            }
            System.out.println("soak: " + kills + " kills, " + traffic.note() + " acknowledged messages and " + places + " places in the line, 0 lost");
        }
    }

    @Test
    @DisplayName("many talks at once over sockets, one after the other: each complete and in order, the heap no larger at the end")
    void talks(@TempDir Path directory) throws Exception {
        try (House house = House.open(vertx, directory, Clock.system(), new House.Rules()); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            house.live.start();
            long early = heapAt(until - SECONDS * 750_000_000L, run(house, callers));
            long late = heap();
            assertEquals(PAIRS, house.live.open(), "only the desks' sockets are open");
            assertEquals(0, StoreFiles.rows(house.sqlite(), "envelope"), "everything was acknowledged");
            assertTrue(late < early + 64, "heap: " + early + " MB at the first quarter, " + late + " MB at the end");
            System.out.println("soak: " + talks + " talks of " + (2 * MESSAGES) + " messages by " + PAIRS + " desks in " + SECONDS + " s; heap " + early + " MB at the first quarter, " + late + " MB at the end");
        }
    }

    private List<Future<Void>> run(House house, ExecutorService callers) throws Exception {
        List<Callable<Void>> desks = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            Expert expert = Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
            desks.add(() -> {
                while (System.nanoTime() < until) {
                    talk(house, expert);
                }
                return null;
            });
        }
        return desks.stream().map(callers::submit).toList();
    }

    /** Waits for all of them. @return the heap in MB at that time */
    private static long heapAt(long nanos, List<Future<Void>> running) throws Exception {
        while (System.nanoTime() < nanos) {
            Thread.sleep(100);
        }
        long heap = heap();
        for (Future<Void> one : running) {
            one.get();
        }
        return heap;
    }

    private static long heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    private void talk(House house, Expert expert) throws Exception {
        Visitor comes = Visitor.at(house, client);
        waiting.put(comes.conversation, comes);
        comes.join("nl");
        String taken = expert.claim(1).getString("conversation");
        assertNotNull(taken, "each brought somebody before she claimed, so there is somebody");
        Visitor visitor = waiting.remove(taken);
        visitor.peer.hear("view", "claimed");
        expert.ack(taken, visitor.add().getLong("seq"));
        for (int i = 0; i < MESSAGES; i++) {
            visitor.message();
            expert.message(visitor);
        }
        List<Long> seqs = visitor.fetch(0).getJsonArray("items").stream().map(item -> ((JsonObject) item).getLong("seq")).toList();
        assertEquals(LongStream.rangeClosed(1, 1 + 2 * MESSAGES).boxed().toList(), seqs);
        visitor.ack(seqs.getLast());
        expert.ack(taken, seqs.getLast());
        assertEquals("left", visitor.leave().getString("t"));
        visitor.peer.close();
        expert.peer.forget();
        talks.incrementAndGet();
    }
}
