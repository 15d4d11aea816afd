package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.support.MongoServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The database is killed and comes back (Done when a 4)")
class DatabaseDownTest {
    private static final int KILLS = Boolean.getBoolean("naast.long") ? 4 : 1;
    private static final int ENOUGH = 60;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    @TempDir
    Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private MongoServer database;

    @AfterEach
    void close() throws Exception {
        http.close();
        House.await(vertx.close());
        if (database != null) {
            database.close();
        }
    }

    /** With a desk that is taken for gone sooner than the database is back: whom the server cannot hear for its own sake is not gone. */
    private ServerProcess start() throws Exception {
        switch (MongoServer.own()) {
            case MongoServer.Found.Program program -> database = MongoServer.start(program, directory.resolve("database"));
            case MongoServer.Found.None(String why) -> notRun(why);
            case MongoServer.Found.Named named -> notRun("it is not ours to kill");
        }
        return new ServerProcess(directory, Map.of("limit.rate", "1000", "limit.burst", "10000", "limit.unacknowledged", "1000000", "time.poll.hold", "2s", "time.expert.vanished", "5s", "mongo.uri", database.uri("naast")));
    }

    private static void notRun(String why) {
        System.out.println("NOT RUN: the database is killed and comes back: " + why);
        Assumptions.abort(why);
    }

    // seen failing: with the database's files removed before it came back (the conversation was unknown), with Dispatcher.append telling a busy store's as stored, without Janitor.sight (the expert was taken for gone)
    @Test
    @DisplayName("in the midst of a conversation: nothing gets through and go on by sending the same again; who comes meanwhile gets in afterwards; nothing acknowledged is lost, nothing is there twice")
    void killed() throws Exception {
        try (ServerProcess server = start()) {
            Traffic traffic = new Traffic(server, client, http);
            traffic.begin(server.invitation());
            Visitor visitor = traffic.visitor;
            try (Outbox hers = new Outbox(id -> visitor.append("message", id, MlsBytes.message(visitor.group, visitor.epoch)), () -> false);
                Outbox theirs = new Outbox(id -> traffic.expert.append(visitor.conversation, "message", id, MlsBytes.message(visitor.group, visitor.epoch)), traffic::deskAgain)) {
                List<Outbox> both = List.of(hers, theirs);
                for (int kill = 0; kill < KILLS; kill++) {
                    cycle(server, both);
                }
                for (Outbox outbox : both) {
                    outbox.end();
                }
                compare(visitor, both);
            }
        }
    }

    private void cycle(ServerProcess server, List<Outbox> both) throws Exception {
        further(both);
        Visitor waits = Visitor.at(server, client);
        assertEquals("joined", waits.join("nl").getString("t"));
        List<Integer> heard = both.stream().map(outbox -> outbox.again.get()).toList();
        database.kill();
        both.forEach(outbox -> outbox.down(true));
        Visitor comes = Visitor.at(server, client);
        waits.peer.close();
        Visitor returns = Visitor.again(server, client, waits.capability, waits.conversation);
        assertEquals("busy", comes.join("nl").getString("code"));
        until(() -> running(both) && both.get(0).again.get() > heard.get(0) && both.get(1).again.get() > heard.get(1), "nothing gets through");
        both.forEach(outbox -> outbox.down(false));
        database.start();
        assertEquals(waits.conversation, returns.peer.hear("view", "waiting").getString("conversation"), "who came back meanwhile is told where she stands, without asking");
        further(both);
        until(() -> "joined".equals(comes.join("nl").getString("t")), "who came meanwhile gets her place");
        for (Visitor each : List.of(comes, returns)) {
            assertEquals("left", each.leave().getString("t"));
            each.peer.close();
        }
    }

    /** Both sides get so many more through. */
    private static void further(List<Outbox> both) throws Exception {
        List<Integer> before = both.stream().map(outbox -> outbox.acknowledged().size()).toList();
        until(() -> running(both) && both.get(0).acknowledged().size() >= before.get(0) + ENOUGH && both.get(1).acknowledged().size() >= before.get(1) + ENOUGH, "both sides go on");
    }

    private static boolean running(List<Outbox> both) throws Exception {
        return both.get(0).runs() && both.get(1).runs();
    }

    private static void until(Callable<Boolean> holds, String what) throws Exception {
        for (long end = System.nanoTime() + PATIENCE_NANOS; System.nanoTime() < end; Thread.sleep(20)) {
            if (holds.call()) {
                return;
            }
        }
        throw new AssertionError("not within a minute: " + what);
    }

    private static void compare(Visitor visitor, List<Outbox> both) throws Exception {
        Map<Long, String> acknowledged = new TreeMap<>();
        both.forEach(outbox -> acknowledged.putAll(outbox.acknowledged()));
        Map<Long, String> there = new TreeMap<>();
        List<String> ids = new ArrayList<>();
        boolean more = true;
        for (long after = 1; more;) {
            JsonObject page = visitor.fetch(after);
            for (Object each : page.getJsonArray("items")) {
                JsonObject item = (JsonObject) each;
                after = item.getLong("seq");
                there.put(after, item.getString("id"));
                ids.add(item.getString("id"));
            }
            more = page.getBoolean("more");
        }
        assertEquals(acknowledged, there, "what was acknowledged, and nothing else, each under its number");
        assertEquals(ids.size(), new HashSet<>(ids).size(), "nothing is there twice");
        assertTrue(ids.size() >= 2 * ENOUGH * 2);
        int again = both.stream().mapToInt(outbox -> outbox.again.get()).sum();
        System.out.println("database killed: " + KILLS + " times, " + ids.size() + " acknowledged messages, " + again + " sent again, 0 lost, 0 twice");
    }
}
