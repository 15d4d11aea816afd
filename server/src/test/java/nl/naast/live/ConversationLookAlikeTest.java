package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nl.naast.access.Role;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.MovableClock;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.support.Whole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Unknown, somebody else's and expired look alike: status, body and size")
class ConversationLookAlikeTest {
    private final Vertx vertx = Vertx.vertx();
    private final MovableClock clock = new MovableClock();
    private WebSocketClient client;
    private House house;
    private Visitor before;
    private Visitor other;
    private Visitor waiting;
    private Expert expert;

    /** {@code before} and {@code expert} had a conversation that has expired; {@code other} talks with another expert; {@code waiting} waits. */
    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        client = vertx.createWebSocketClient();
        house = House.open(vertx, directory, clock, new House.Rules());
        expert = Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id());
        before = talking(expert);
        expert.ask(Peer.frame("close").put("conversation", before.conversation));
        clock.move(House.AFTER_END.plus(Duration.ofMinutes(2)));
        other = talking(Expert.at(house, client, house.signIn(Set.of(Role.EXPERT), "nl"), Peer.id()));
        waiting = Visitor.at(house, client);
        waiting.join("nl");
    }

    private Visitor talking(Expert with) throws Exception {
        Visitor visitor = Visitor.at(house, client);
        visitor.join("nl");
        with.claim(1);
        visitor.peer.hear("view", "claimed");
        visitor.add();
        with.ack(visitor.conversation, 1);
        return visitor;
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        House.await(vertx.close());
    }

    /** Each frame that names a conversation, right in every way. */
    private static List<JsonObject> frames(String conversation) {
        byte[] group = new byte[16];
        return List.of(
            Peer.frame("append").put("id", "A".repeat(22)).put("kind", "message").put("body", Peer.bytes(MlsBytes.message(group, 1))),
            Peer.frame("append").put("id", "A".repeat(22)).put("kind", "commit").put("body", Peer.bytes(MlsBytes.commit(group, 1))),
            Peer.frame("fetch").put("after", 0).put("limit", 10), Peer.frame("ack").put("seq", 0), Peer.frame("signal").put("body", "AAAA"))
            .stream().map(frame -> frame.put("n", 7).put("conversation", conversation)).toList();
    }

    private static List<JsonObject> visitorFrames(String conversation) {
        return java.util.stream.Stream.concat(frames(conversation).stream(), java.util.stream.Stream.of(Peer.frame("leave").put("quick", true), Peer.frame("leave").put("quick", true).put("signal", "AAAA"),
            Peer.frame("decline").put("call", "A".repeat(22)), Peer.frame("another")).map(frame -> frame.put("n", 7).put("conversation", conversation))).toList();
    }

    private List<JsonObject> deskFrames(String conversation) {
        return java.util.stream.Stream.concat(frames(conversation).stream(), java.util.stream.Stream.of(Peer.frame("close"), Peer.frame("release"),
            Peer.frame("call").put("call", Peer.id()).put("for", "look").put("warm", true), Peer.frame("uncall").put("call", Peer.id()), Peer.frame("hand-over").put("call", Peer.id())).map(frame -> frame.put("n", 7).put("conversation", conversation)))
            .map(frame -> frame.put("fence", expert.fence)).toList();
    }

    private Whole posted(String capability, JsonObject frame) {
        return Whole.post(house.visitorOrigin() + "/frames", frame.encode(), "Authorization", "Bearer " + capability, "Naast-Version", "1");
    }

    private static String said(Peer peer, JsonObject frame) throws Exception {
        peer.say(frame);
        return peer.hear(answer -> Integer.valueOf(7).equals(answer.getInteger("n"))).encode();
    }

    /** Who asks for what: never there, somebody else's, over. */
    private Map<String, Map.Entry<String, String>> asked() {
        String nobody = Peer.bytes(MlsBytes.random(32));
        Map<String, Map.Entry<String, String>> asked = new LinkedHashMap<>();
        asked.put("unknown capability, unknown id", Map.entry(nobody, Peer.id()));
        asked.put("unknown capability, somebody else's id", Map.entry(nobody, other.conversation));
        asked.put("unknown capability, expired id", Map.entry(nobody, before.conversation));
        asked.put("another's capability, unknown id", Map.entry(waiting.capability, Peer.id()));
        asked.put("another's capability, somebody else's id", Map.entry(waiting.capability, other.conversation));
        asked.put("expired, by who had it", Map.entry(before.capability, before.conversation));
        return asked;
    }

    // seen failing: with expired rows read (SqliteConversationRows.select), who had it was told "closed"
    @Test
    @DisplayName("a visitor's frames, posted: one status, one set of headers, one body")
    void posted() {
        String expected = "{\"t\":\"refused\",\"n\":7,\"code\":\"unknown\"}";
        Map<String, Whole> answers = new TreeMap<>();
        asked().forEach((name, who) -> visitorFrames(who.getValue()).forEach(frame -> answers.put(name + ": " + frame.getString("t") + frame.getString("kind", ""), posted(who.getKey(), frame))));
        assertEquals(48, answers.size());
        Whole one = answers.values().iterator().next();
        assertEquals(404, one.status());
        assertEquals(expected, one.body());
        answers.forEach((name, answer) -> assertEquals(one, answer, name));
    }

    @Test
    @DisplayName("a visitor's frames on a socket: one text")
    void onSocket() throws Exception {
        for (var name : asked().entrySet()) {
            try (Peer peer = Visitor.again(house, client, name.getValue().getKey(), name.getValue().getValue()).peer) {
                for (JsonObject frame : visitorFrames(name.getValue().getValue())) {
                    assertEquals("{\"t\":\"refused\",\"n\":7,\"code\":\"unknown\"}", said(peer, frame), name.getKey() + ": " + frame.getString("t"));
                }
            }
        }
    }

    @Test
    @DisplayName("joining with somebody else's id, or an expired one, is refused alike")
    void joining() {
        JsonObject join = Peer.frame("join").put("n", 7).put("language", "nl").put("consentKey", Peer.bytes(key()));
        Whole foreign = posted(Peer.bytes(MlsBytes.random(32)), join.copy().put("conversation", other.conversation));
        assertEquals(404, foreign.status());
        assertEquals(foreign, posted(Peer.bytes(MlsBytes.random(32)), join.copy().put("conversation", before.conversation)));
        assertEquals(foreign, posted(before.capability, join.copy().put("conversation", before.conversation)));
    }

    private static byte[] key() {
        byte[] key = new byte[65];
        key[0] = 4;
        return key;
    }

    // seen failing: with expired rows read, the view of who had it was "ended"
    @Test
    @DisplayName("a poll by who never had a conversation and by whose is over: the same view, none")
    void polled() {
        String poll = Peer.frame("poll").put("v", 1).put("rev", 1).put("after", 0).encode();
        Whole never = Whole.post(house.visitorOrigin() + "/poll", poll, "Authorization", "Bearer " + Peer.bytes(MlsBytes.random(32)));
        assertEquals("{\"t\":\"news\",\"frames\":[{\"t\":\"view\",\"rev\":0,\"conversation\":null,\"state\":\"none\"}]}", never.body());
        assertEquals(never, Whole.post(house.visitorOrigin() + "/poll", poll, "Authorization", "Bearer " + before.capability));
    }

    @Test
    @DisplayName("a capability that is no capability gets one answer, on /frames and on /poll")
    void badCapabilities() {
        Whole none = Whole.post(house.visitorOrigin() + "/frames", "{}", "Naast-Version", "1");
        assertEquals("{\"t\":\"refused\",\"n\":0,\"code\":\"unknown\"}", none.body());
        for (String header : List.of("Bearer " + "A".repeat(42), "Bearer " + "A".repeat(44), "Bearer " + "A".repeat(43) + "=", "Bearer " + "A".repeat(42) + "B", "bearer " + "A".repeat(43), "Basic YTpi", "Bearer")) {
            assertEquals(none, Whole.post(house.visitorOrigin() + "/frames", "{}", "Naast-Version", "1", "Authorization", header), header);
            assertEquals(none, Whole.post(house.visitorOrigin() + "/poll", "{}", "Authorization", header), header);
        }
    }

    // seen failing: with expired rows read, her closed conversation answered "closed" and its envelopes
    @Test
    @DisplayName("a desk's frames: another expert's conversation, one that never was and her own expired one are told alike, on a socket and posted")
    void desk() throws Exception {
        for (String conversation : List.of(other.conversation, waiting.conversation, Peer.id(), before.conversation)) {
            for (JsonObject frame : deskFrames(conversation)) {
                assertEquals("{\"t\":\"refused\",\"n\":7,\"code\":\"unknown\"}", said(expert.peer, frame), frame.getString("t"));
                Whole posted = Whole.post(house.staffOrigin() + "/frames", frame.encode(), "Cookie", "__Host-naast=" + expert.who.cookie(), "X-Naast", "1", "Naast-Version", "1");
                assertEquals("404 {\"t\":\"refused\",\"n\":7,\"code\":\"unknown\"}", posted.status() + " " + posted.body());
                assertEquals(Set.of("content-length", "content-type", "cache-control"), posted.headers().keySet());
            }
        }
    }
}
