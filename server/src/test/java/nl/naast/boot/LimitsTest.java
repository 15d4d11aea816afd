package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nl.naast.house.Expert;
import nl.naast.house.MlsBytes;
import nl.naast.house.MovableClock;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Clock;
import nl.naast.support.Answer;
import nl.naast.support.Browser;
import nl.naast.support.Whole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test starts the server with a setting of its own, so that a limit that is not read from the settings would be seen. */
@DisplayName("Limits (protocol.md §10): at the limit it goes, one above it does not, and the settings say where that is")
class LimitsTest {
    @TempDir
    Path directory;
    private Booted house;
    private WebSocketClient client;

    private void start(Clock clock, Map<String, String> settings) throws Exception {
        house = new Booted(directory, settings, clock);
        client = house.vertx.createWebSocketClient();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Whole posted(String capability, String path, String text) {
        return Whole.post(house.visitorOrigin() + path, text, "Authorization", "Bearer " + capability, "Naast-Version", "1");
    }

    private static String code(JsonObject answer) {
        return answer.getString("code", answer.getString("t"));
    }

    /** A ping of so many bytes: blanks between the fields are allowed in JSON. */
    private static String ping(int bytes) {
        String text = "{\"t\":\"ping\",\"n\":7}";
        return text.replace(",", "," + " ".repeat(bytes - text.length()));
    }

    // seen failing: with FrameReader's limit one higher
    @Test
    @DisplayName("bytes of a frame, on a socket and posted")
    void frame() throws Exception {
        start(Clock.system(), Map.of("limit.frame.bytes", "8192", "limit.envelope.bytes", "4400"));
        Visitor visitor = Visitor.at(house, client);
        visitor.peer.say(ping(8192));
        assertEquals("{\"t\":\"pong\",\"n\":7}", visitor.peer.hear("pong").encode());
        visitor.peer.say(ping(8193));
        assertEquals("{\"t\":\"refused\",\"n\":0,\"code\":\"too-large\"}", visitor.peer.hear("refused").encode());
        assertEquals(200, posted(visitor.capability, "/frames", ping(8192)).status());
        Whole large = posted(visitor.capability, "/frames", ping(8193));
        assertEquals("413 {\"t\":\"refused\",\"n\":0,\"code\":\"too-large\"}", large.status() + " " + large.body());
        assertEquals(large, posted(visitor.capability, "/frames", ping(30_000)));
        assertEquals(413, posted(visitor.capability, "/poll", ping(8193)).status());
    }

    // seen failing: with each of the five limits one higher
    @Test
    @DisplayName("bytes of an envelope, of a signal and of a key package; conversations at a desk; envelopes that nobody acknowledged")
    void talk() throws Exception {
        start(Clock.system(), Map.of("limit.envelope.bytes", "4400", "limit.signal.bytes", "300", "limit.keypackage.bytes", "1024", "limit.desk.slots", "1", "limit.unacknowledged", "10"));
        Visitor visitor = Visitor.at(house, client);
        visitor.join("nl");
        Browser first = house.first();
        Booted.registerStatement(first);
        Expert expert = house.desk(client, first);
        assertEquals("too-large", code(claim(expert, 1, 1025)));
        assertEquals("limit", code(claim(expert, 2, 1024)));
        assertEquals("claimed", code(claim(expert, 1, 1024)));
        visitor.peer.hear("view", "claimed");
        visitor.add();
        expert.ack(visitor.conversation, 1);
        assertEquals("too-large", code(visitor.append("commit", Peer.id(), MlsBytes.privateMessage(visitor.group, 1, 3, 4401))));
        assertEquals("stored", code(visitor.append("commit", Peer.id(), MlsBytes.privateMessage(visitor.group, 1, 3, 4400))));
        assertEquals("too-large", code(signal(visitor, 301)));
        assertEquals("signalled", code(signal(visitor, 300)));
        visitor.epoch = 2;
        for (int seq = 3; seq <= 10; seq++) {
            assertEquals("stored", code(visitor.message()));
        }
        assertEquals("limit", code(visitor.message()));
        assertEquals("limit", code(expert.message(visitor)));
        visitor.ack(1);
        assertEquals("stored", code(visitor.message()), "both acknowledged the first");
        assertEquals("limit", code(visitor.message()));
    }

    private static JsonObject signal(Visitor visitor, int bytes) throws Exception {
        return visitor.peer.ask(Peer.frame("signal").put("conversation", visitor.conversation).put("body", Peer.bytes(new byte[bytes])));
    }

    private static JsonObject claim(Expert expert, int slot, int bytes) throws Exception {
        return expert.ask(Peer.frame("claim").put("claim", Peer.id()).put("slot", slot).put("keyPackage", Peer.bytes(MlsBytes.keyPackageOf(bytes))));
    }

    // seen failing: with >= of SqliteWaitingLine.refusal turned into >
    @Test
    @DisplayName("visitors who wait, and conversations that are open: the one too many hears full, on a socket and posted, and gets in when somebody left")
    void line() throws Exception {
        start(Clock.system(), Map.of("limit.waiting", "2", "limit.conversations", "3"));
        List<Visitor> visitors = visitors(5);
        assertEquals("joined", code(visitors.get(0).join("nl")));
        assertEquals("joined", code(visitors.get(1).join("nl")));
        assertEquals("full", code(visitors.get(2).join("nl")));
        assertEquals("joined", code(visitors.get(1).join("nl")), "who has a place keeps it");
        Whole full = posted(visitors.get(3).capability, "/frames", join(visitors.get(3)));
        assertEquals("503 {\"t\":\"refused\",\"n\":7,\"code\":\"full\"}", full.status() + " " + full.body());
        visitors.get(1).leave();
        assertEquals("joined", code(visitors.get(2).join("nl")));
        Browser first = house.first();
        Booted.registerStatement(first);
        Expert expert = house.desk(client, first);
        expert.claim(1);
        expert.claim(2);
        assertEquals("joined", code(visitors.get(3).join("nl")), "nobody waits, two are open");
        assertEquals("full", code(visitors.get(4).join("nl")), "one waits, three are open");
    }

    // seen failing: with a rate for each capability
    @Test
    @DisplayName("how often a place is given, to all visitors together, on a socket and posted: the one too many hears busy before anything is written, and gets in a second later")
    void joins() throws Exception {
        MovableClock clock = new MovableClock();
        start(clock, Map.of("limit.joins", "1"));
        List<Visitor> visitors = visitors(7);
        for (Visitor early : visitors.subList(0, 5)) {
            assertEquals("joined", code(early.join("nl")));
        }
        assertEquals("busy", code(visitors.get(5).join("nl")));
        Whole busy = posted(visitors.get(6).capability, "/frames", join(visitors.get(6)));
        assertEquals("503 {\"t\":\"refused\",\"n\":7,\"code\":\"busy\"}", busy.status() + " " + busy.body());
        assertEquals("unknown", code(visitors.get(5).leave()), "nothing is there");
        clock.move(Duration.ofSeconds(1));
        assertEquals("joined", code(visitors.get(5).join("nl")));
        assertEquals("busy", code(visitors.get(6).join("nl")));
    }

    // seen failing: with bursts of 21
    @Test
    @DisplayName("how often a member of staff brings a statement: one above twenty at once hears too-fast, whatever she brings; every ten seconds one more; nobody else waits for her")
    void statements() throws Exception {
        MovableClock clock = new MovableClock();
        start(clock, Map.of());
        Browser first = house.first();
        Browser other = first.invited("Noor", "expert");
        JsonObject none = new JsonObject().put("unsigned", "");
        for (int i = 0; i < 20; i++) {
            assertEquals("400 malformed", first.post("/api/statement", none).refusal());
        }
        assertEquals("429 too-fast", first.post("/api/statement", none).refusal());
        assertEquals("400 malformed", other.post("/api/statement", none).refusal());
        clock.move(Duration.ofSeconds(10));
        assertEquals("400 malformed", first.post("/api/statement", none).refusal());
        assertEquals("429 too-fast", first.post("/api/statement", none).refusal());
    }

    // seen failing: with each limit of VaultRules.standard() one higher
    @Test
    @DisplayName("a vault: bytes of an item, lines of a put, bytes of a line, items, lines of an item")
    void vault() throws Exception {
        start(Clock.system(), Map.of());
        Browser first = house.first();
        assertEquals(413, put(first, Peer.id(), 0, 131_073, 0, 0).status());
        assertEquals(413, put(first, Peer.id(), 0, 1, 101, 1).status());
        assertEquals(413, put(first, Peer.id(), 0, 1, 1, 24_577).status());
        assertEquals(200, put(first, "keyring", 0, 131_072, 0, 0).status());
        String talk = Peer.id();
        assertEquals(200, put(first, talk, 0, 1, 1, 24_576).status());
        for (int seen = 1; seen < 200; seen++) {
            assertEquals(200, put(first, talk, seen, 1, 100, 1).status());
        }
        assertEquals("409 limit", put(first, talk, 200, 1, 100, 1).refusal(), "one would be too many");
        assertEquals(200, put(first, talk, 200, 1, 99, 1).status());
        assertEquals("409 limit", put(first, talk, 201, 1, 1, 1).refusal());
        for (int items = 2; items < 64; items++) {
            assertEquals(200, put(first, Peer.id(), 0, 1, 0, 0).status());
        }
        assertEquals("409 limit", put(first, Peer.id(), 0, 1, 0, 0).refusal());
        assertEquals(200, put(first, talk, 201, 1, 0, 0).status());
    }

    // seen failing: with VaultRoutes.limited asking nobody
    @Test
    @DisplayName("how often a member of staff writes into her vault: one above 300 at once hears too-fast, whatever she writes; every tenth of a second one more; nobody else waits for her")
    void vaultWrites() throws Exception {
        MovableClock clock = new MovableClock();
        start(clock, Map.of());
        Browser first = house.first();
        Browser other = first.invited("Noor", "expert");
        JsonObject none = new JsonObject().put("item", 7);
        for (int i = 0; i < 300; i++) {
            assertEquals("400 malformed", first.post("/api/vault/drop", none).refusal());
        }
        assertEquals("429 too-fast", first.post("/api/vault/drop", none).refusal());
        assertEquals("429 too-fast", put(first, "keys", 0, 1, 0, 0).refusal());
        assertEquals("400 malformed", other.post("/api/vault/drop", none).refusal());
        clock.move(Duration.ofMillis(100));
        assertEquals(200, put(first, "keys", 0, 1, 0, 0).status());
        assertEquals("429 too-fast", first.post("/api/vault/keyring", new JsonObject().put("seen", 0).put("write", 7).put("body", 7).put("proof", 7)).refusal());
    }

    private static Answer put(Browser who, String item, long seen, int bytes, int lines, int lineBytes) {
        JsonArray array = new JsonArray();
        IntStream.range(0, lines).forEach(i -> array.add(new JsonObject().put("line", Peer.id()).put("body", Peer.bytes(MlsBytes.random(lineBytes)))));
        return who.post("/api/vault/put", new JsonObject().put("item", item).put("seen", seen).put("write", Peer.id()).put("body", Peer.bytes(MlsBytes.random(bytes))).put("lines", array));
    }

    private List<Visitor> visitors(int count) throws Exception {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            visitors.add(Visitor.at(house, client));
        }
        return visitors;
    }

    private static String join(Visitor visitor) {
        byte[] key = new byte[65];
        key[0] = 4;
        return Peer.frame("join").put("n", 7).put("conversation", visitor.conversation).put("language", "nl").put("consentKey", Peer.bytes(key)).encode();
    }

    // seen failing: with Places.take letting one more in; with one pool for both origins
    @Test
    @DisplayName("sockets of one origin and held polls together: the one too many is told full and closed, posting goes on, a place that is given back is taken; however many visitors come, an expert finds a place")
    void sockets() throws Exception {
        start(Clock.system(), Map.of("limit.sockets", "3", "time.poll.hold", "5s"));
        Visitor visitor = Visitor.at(house, client);
        Visitor.at(house, client);
        Visitor.at(house, client);
        Browser first = house.first();
        Expert expert = house.desk(client, first);
        Peer above = Peer.visitor(house, client);
        assertEquals("{\"t\":\"refused\",\"n\":0,\"code\":\"full\"}", above.hear("refused").encode());
        assertEquals(1013, above.closeCode());
        Peer.desk(house, client, expert.who);
        Peer.desk(house, client, expert.who);
        assertEquals("full", Peer.desk(house, client, expert.who).hear("refused").getString("code"));
        Whole poll = posted(visitor.capability, "/poll", "{\"t\":\"poll\",\"v\":1,\"rev\":0,\"after\":0}");
        assertEquals("503 {\"t\":\"refused\",\"n\":0,\"code\":\"full\"}", poll.status() + " " + poll.body());
        assertEquals(200, posted(visitor.capability, "/frames", ping(100)).status());
        assertEquals(200, Whole.get(house.visitorOrigin() + "/").status());
        visitor.peer.close();
        assertEquals("pong", retried());
    }

    /** The place is given back when the server has seen the close. */
    private String retried() throws Exception {
        for (int i = 0; i < 100; i++) {
            Peer peer = Peer.visitor(house, client);
            peer.say(Peer.frame("hello").put("v", 1).put("capability", Peer.bytes(MlsBytes.random(32))));
            if (peer.hear(frame -> true).getString("t").equals("ready")) {
                return peer.ask(Peer.frame("ping")).getString("t");
            }
            Thread.sleep(20);
        }
        return "full";
    }

    // seen failing: with the burst one higher; with one bucket for all
    @Test
    @DisplayName("how often: a capability and a desk each have their own measure, on a socket and posted together; it fills up again, and no higher than it was")
    void rate() throws Exception {
        MovableClock clock = new MovableClock();
        start(clock, Map.of("limit.rate", "2", "limit.burst", "5"));
        Visitor visitor = Visitor.at(house, client);
        assertEquals(List.of("pong", "pong", "pong"), pings(visitor.peer, 3));
        assertEquals(200, posted(visitor.capability, "/frames", ping(100)).status());
        assertEquals(List.of("pong", "too-fast"), pings(visitor.peer, 2));
        Whole fast = posted(visitor.capability, "/frames", ping(100));
        assertEquals("429 {\"t\":\"refused\",\"n\":7,\"code\":\"too-fast\"}", fast.status() + " " + fast.body());
        assertEquals(List.of("pong", "pong", "pong", "pong", "pong", "too-fast"), pings(Visitor.at(house, client).peer, 6));
        clock.move(Duration.ofSeconds(1));
        assertEquals(List.of("pong", "pong", "too-fast"), pings(visitor.peer, 3));
        clock.move(Duration.ofSeconds(9));
        assertEquals(List.of("pong", "pong", "pong", "pong", "pong", "too-fast"), pings(visitor.peer, 6));
        Expert expert = house.desk(client, house.first());
        assertEquals(List.of("pong", "pong", "pong", "pong", "too-fast"), pings(expert.peer, 5), "the lease was the first");
    }

    private static List<String> pings(Peer peer, int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            try {
                return code(peer.ask(Peer.frame("ping")));
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }).toList();
    }
}
