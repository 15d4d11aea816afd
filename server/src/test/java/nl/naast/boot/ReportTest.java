package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Clock;
import nl.naast.support.Browser;
import nl.naast.support.Whole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("This does not feel right (protocol.md §4, §11): a report, on a really started server")
class ReportTest {
    @TempDir
    Path directory;
    private ReportScene scene;
    private Visitor visitor;
    private volatile Duration ahead = Duration.ZERO;

    private void start(Clock clock) throws Exception {
        scene = new ReportScene(directory, clock, Map.of());
        visitor = scene.visitor;
    }

    /** Stands still, at what is now for the signer too, until {@code ahead} is moved. */
    private void startMovable() throws Exception {
        Instant now = Clock.system().now();
        start(() -> now.plus(ahead));
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private String asked(JsonObject frame) throws Exception {
        return ReportScene.word(visitor.peer.ask(frame));
    }

    private List<String> hashes() throws Exception {
        return ReportScene.coordinators(visitor).stream().map(ReportScene::hash).toList();
    }

    private JsonObject to(String... hashes) {
        return ReportScene.report(visitor.conversation, Peer.id(), List.of(hashes));
    }

    @Test
    @DisplayName("she is told of two coordinators; each finds what is sealed to her and answers; she reads both answers, each with its statement")
    void answered() throws Exception {
        start(Clock.system());
        assertEquals(List.of("Anna", "Bea"), ReportScene.aliases(visitor));
        String id = Peer.id();
        JsonObject report = ReportScene.report(visitor, id);
        assertEquals("{\"t\":\"reported\",\"n\":7}", scene.posted(visitor.capability, report).body());
        assertEquals("reported", asked(report), "again");
        assertEquals(List.of(), visitor.peer.ask(ReportScene.answers(visitor.conversation, id)).getJsonArray("items").getList());
        for (Browser coordinator : List.of(scene.anna, scene.bea)) {
            JsonObject hers = ReportScene.reports(coordinator).getFirst();
            assertEquals(1, ReportScene.reports(coordinator).size());
            JsonObject box = report.getJsonArray("boxes").stream().map(JsonObject.class::cast).filter(each -> each.getString("to").equals(hers.getString("to"))).findFirst().orElseThrow();
            assertEquals(List.of(id, box.getString("box"), false), List.of(hers.getString("report"), hers.getString("box"), hers.getBoolean("answered")));
            JsonObject answer = ReportScene.answer(id, ReportScene.box(400));
            assertEquals("200 {}", said(coordinator, answer));
            assertEquals("200 {}", said(coordinator, answer), "again");
            assertEquals("409 {\"t\":\"refused\",\"n\":0,\"code\":\"not-now\"}", said(coordinator, ReportScene.answer(id, ReportScene.box(400))));
            JsonObject told = items(id).stream().filter(each -> ReportScene.hash(each.getString("statement")).equals(hers.getString("to"))).findFirst().orElseThrow();
            assertEquals(answer.getString("box"), told.getString("box"));
            assertTrue(ReportScene.reports(coordinator).getFirst().getBoolean("answered"));
        }
        assertEquals(hashes().subList(0, 2), items(id).stream().map(each -> ReportScene.hash(each.getString("statement"))).toList(), "in the order of the boxes");
    }

    private static String said(Browser who, JsonObject body) {
        var answer = who.post("/api/reports/answer", body);
        return answer.status() + " " + answer.text();
    }

    private List<JsonObject> items(String id) throws Exception {
        return visitor.peer.ask(ReportScene.answers(visitor.conversation, id)).getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    }

    // seen failing: without the filter in SendReport.eligible she was told of Cleo, and the report to Cleo was stored
    @Test
    @DisplayName("never to whoever has her: a coordinator who is her expert is not shown, and what is sealed to her is refused")
    void neverTheExpert() throws Exception {
        start(Clock.system());
        Browser cleo = scene.coordinator("Cleo", "expert", "coordinator");
        Booted.registerStatement(cleo);
        assertEquals(List.of("Anna", "Bea", "Cleo"), ReportScene.aliases(visitor));
        String hers = ReportScene.coordinators(visitor).stream().filter(signed -> ReportScene.statement(signed).alias().equals("Cleo")).map(ReportScene::hash).findFirst().orElseThrow();
        visitor = scene.talking(scene.house.desk(scene.client, cleo));
        assertEquals(List.of("Anna", "Bea"), ReportScene.aliases(visitor));
        assertEquals("not-now", asked(to(hers, hashes().getFirst())));
        assertEquals("not-now", asked(to(hashes().getFirst(), hers)));
        assertEquals("not-now", asked(to(hers)));
        visitor.leave();
        assertEquals(List.of("Anna", "Bea"), ReportScene.aliases(visitor), "nor after the end");
        assertEquals(List.of(), ReportScene.reports(cleo));
        assertEquals("reported", asked(to(hashes().toArray(String[]::new))));
        assertEquals(List.of(), ReportScene.reports(cleo));
    }

    // seen failing: with its hashes not compared, a box to anybody was stored; with boxes counted against all who are served, her page could report to nobody when it leaves one of two out
    @Test
    @DisplayName("to those who are served now: no other statement, not one twice; one of two, too, because her page leaves out whom it knows she talked with")
    void toWhom() throws Exception {
        start(Clock.system());
        List<String> two = hashes();
        String nobody = Peer.bytes(MlsBytes.random(32));
        assertEquals("not-now", asked(to(two.get(0), nobody)));
        assertEquals("malformed", asked(to(two.get(0), two.get(0))));
        List<String> old = two;
        ReportScene.registerCoordinator(scene.bea);
        assertEquals(2, hashes().size());
        assertEquals("not-now", asked(to(old.get(0), old.get(1))), "one of them is served no more");
        assertEquals(List.of(), ReportScene.reports(scene.anna));
        assertEquals("reported", asked(to(hashes().getFirst())), "her page leaves the other out");
        suspend(scene.bea);
        assertEquals(List.of("Anna"), ReportScene.aliases(visitor));
        assertEquals("reported", asked(to(hashes().getFirst())));
        suspend(scene.anna);
        JsonObject none = visitor.peer.ask(Peer.frame("coordinators"));
        assertEquals(List.of(), none.getJsonArray("statements").getList());
        assertEquals("not-now", asked(to(nobody)));
    }

    private void suspend(Browser who) {
        assertEquals(200, scene.first.post("/api/people/suspend", new JsonObject().put("id", who.me().getString("id"))).status());
    }

    // seen failing: without spoken() somebody who waits was told of two coordinators, and her report was stored
    @Test
    @DisplayName("whoever was never with anybody has nothing to report, and is told of no coordinator")
    void neverTalked() throws Exception {
        start(Clock.system());
        List<String> two = hashes();
        visitor = Visitor.at(scene.house, scene.client);
        assertEquals("unknown", asked(Peer.frame("coordinators")));
        visitor.join("nl");
        assertEquals("not-now", asked(Peer.frame("coordinators")));
        assertEquals("not-now", asked(to(two.get(0), two.get(1))));
    }

    // seen failing: with three written as four in ReportRules
    @Test
    @DisplayName("three of one conversation: the fourth is refused, the three are answered again")
    void three() throws Exception {
        start(Clock.system());
        List<JsonObject> three = List.of(ReportScene.report(visitor, Peer.id()), ReportScene.report(visitor, Peer.id()), ReportScene.report(visitor, Peer.id()));
        for (JsonObject each : three) {
            assertEquals("reported", asked(each));
        }
        assertEquals("limit", asked(ReportScene.report(visitor, Peer.id())));
        assertEquals("reported", asked(three.getFirst()));
        assertEquals(3, ReportScene.reports(scene.anna).size());
    }

    // seen failing: with `who -> true` for the rate in Talks
    @Test
    @DisplayName("ten at once, then six a minute, of one visitor; another has her own measure")
    void rate() throws Exception {
        startMovable();
        JsonObject report = to(Peer.bytes(MlsBytes.random(32)));
        for (int i = 0; i < 10; i++) {
            assertEquals("not-now", asked(report));
        }
        assertEquals("too-fast", asked(report));
        ahead = ahead.plusSeconds(10);
        assertEquals("not-now", asked(report));
        assertEquals("too-fast", asked(report));
    }

    // seen failing: with the conversation asked for in answers() and before the repetition in send(), both were unknown after a day
    @Test
    @DisplayName("a report outlives its conversation: its answers are read and its repetition is answered for thirty days, then it is unknown, as one that never was")
    void outlives() throws Exception {
        startMovable();
        String id = Peer.id();
        JsonObject report = ReportScene.report(visitor, id);
        JsonObject answers = ReportScene.answers(visitor.conversation, id);
        asked(report);
        said(scene.anna, ReportScene.answer(id, ReportScene.box(100)));
        visitor.leave();
        ahead = Duration.ofHours(25);
        assertEquals("unknown", ReportScene.word(visitor.fetch(0)), "the conversation is destroyed");
        assertEquals(1, items(id).size());
        assertEquals("reported", asked(report));
        assertEquals("unknown", asked(to(report.getJsonArray("boxes").getJsonObject(0).getString("to"))));
        ahead = Duration.ofDays(30).minusMinutes(1);
        assertEquals(1, items(id).size());
        ahead = Duration.ofDays(30);
        Whole over = scene.posted(visitor.capability, answers);
        assertEquals(scene.posted(visitor.capability, ReportScene.answers(visitor.conversation, Peer.id())), over);
        assertEquals(404, over.status());
        assertEquals("unknown", asked(report));
    }

    // seen failing: with isOf not asked, another visitor read the answers and her own report under that id was "reported"
    @Test
    @DisplayName("somebody else's report, one that never was and one of another conversation look alike, whole")
    void lookAlike() throws Exception {
        start(Clock.system());
        String id = Peer.id();
        asked(ReportScene.report(visitor, id));
        said(scene.anna, ReportScene.answer(id, ReportScene.box(100)));
        Visitor other = scene.talking(scene.house.desk(scene.client, another()));
        List<String> two = hashes();
        Whole one = scene.posted(other.capability, ReportScene.answers(other.conversation, Peer.id()));
        assertEquals("404 {\"t\":\"refused\",\"n\":7,\"code\":\"unknown\"}", one.status() + " " + one.body());
        String nobody = Peer.bytes(MlsBytes.random(32));
        Stream.of(scene.posted(other.capability, ReportScene.answers(visitor.conversation, id)), scene.posted(other.capability, ReportScene.answers(other.conversation, id)),
            scene.posted(visitor.capability, ReportScene.answers(other.conversation, id)), scene.posted(visitor.capability, ReportScene.answers(visitor.conversation, Peer.id())),
            scene.posted(nobody, ReportScene.answers(visitor.conversation, id)), scene.posted(nobody, Peer.frame("coordinators")),
            scene.posted(other.capability, ReportScene.report(other.conversation, id, two)), scene.posted(other.capability, ReportScene.report(visitor.conversation, Peer.id(), two)),
            scene.posted(nobody, ReportScene.report(visitor.conversation, Peer.id(), two)), scene.posted(other.capability, ReportScene.report(Peer.id(), Peer.id(), two))).forEach(each -> assertEquals(one, each));
        assertEquals(1, items(id).size());
    }

    private Browser another() {
        Browser expert = scene.first.invited("Noor", "expert");
        Booted.registerStatement(expert);
        return expert;
    }

    // seen failing: with the reader not compared, in Report.of and in the store: each was told of everybody's
    @Test
    @DisplayName("a coordinator is told of what is sealed to her and of nothing else; another's report, an unknown and an expired one look alike")
    void hersOnly() throws Exception {
        start(Clock.system());
        Browser dora = scene.coordinator("Dora", "coordinator");
        List<Browser> all = List.of(scene.anna, scene.bea, dora);
        assertEquals(3, ReportScene.coordinators(visitor).size());
        String id = Peer.id();
        asked(ReportScene.report(visitor, id));
        Browser left = all.stream().filter(each -> ReportScene.reports(each).isEmpty()).findFirst().orElseThrow();
        assertEquals(2, all.stream().filter(each -> !ReportScene.reports(each).isEmpty()).count());
        byte[] box = ReportScene.box(100);
        var unknown = left.post("/api/reports/answer", ReportScene.answer(Peer.id(), box));
        assertEquals("404 {\"t\":\"refused\",\"n\":0,\"code\":\"unknown\"}", unknown.status() + " " + unknown.text());
        assertEquals(unknown, left.post("/api/reports/answer", ReportScene.answer(id, box)));
        assertEquals(List.of(), items(id));
    }

    @Test
    @DisplayName("an answer at its limit goes; larger, shorter, of another version or no box at all does not")
    void answerLimits() throws Exception {
        start(Clock.system());
        String id = Peer.id();
        asked(ReportScene.report(visitor, id));
        assertEquals("413 {\"t\":\"refused\",\"n\":0,\"code\":\"too-large\"}", said(scene.anna, ReportScene.answer(id, ReportScene.box(8193))));
        byte[] second = ReportScene.box(100);
        second[0] = 2;
        for (JsonObject bad : List.of(ReportScene.answer(id, ReportScene.box(81)), ReportScene.answer(id, second), ReportScene.answer("A", ReportScene.box(100)), new JsonObject().put("report", id).put("box", 1),
            new JsonObject().put("report", id), ReportScene.answer(id, ReportScene.box(100)).put("extra", 1))) {
            assertEquals("400 {\"t\":\"refused\",\"n\":0,\"code\":\"malformed\"}", said(scene.anna, bad), bad::encode);
        }
        assertEquals("200 {}", said(scene.anna, ReportScene.answer(id, ReportScene.box(8192))));
        assertEquals("200 {}", said(scene.bea, ReportScene.answer(id, ReportScene.box(82))));
        assertEquals(2, items(id).size());
    }
}
