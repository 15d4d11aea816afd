package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import nl.naast.house.Peer;
import nl.naast.platform.Clock;
import nl.naast.support.Logs;
import nl.naast.support.Whole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same talk twice, with a report in the midst of it and without: what the desk hears is compared, frame by frame. */
@DisplayName("The expert does not learn of a report")
class ReportUnseenTest {
    private ReportScene scene;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        scene = new ReportScene(directory, Clock.system(), Map.of("time.poll.hold", "1s"));
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    /** All that there is about reports: she asks to whom, reports, again, is refused, and reads what was answered by both. */
    private void reported() throws Exception {
        String id = Peer.id();
        JsonObject report = ReportScene.report(scene.visitor, id);
        List<String> said = new ArrayList<>();
        for (JsonObject frame : List.of(report, report, ReportScene.report(scene.visitor.conversation, Peer.id(), List.of(Peer.bytes(new byte[32]))))) {
            said.add(ReportScene.word(scene.visitor.peer.ask(frame)));
        }
        assertEquals(List.of("reported", "reported", "not-now"), said);
        assertEquals(200, scene.posted(scene.visitor.capability, ReportScene.report(scene.visitor, Peer.id())).status());
        assertEquals(2, ReportScene.reports(scene.anna).size());
        for (var coordinator : List.of(scene.anna, scene.bea)) {
            assertEquals(200, coordinator.post("/api/reports/answer", ReportScene.answer(id, ReportScene.box(500))).status());
        }
        assertEquals(2, scene.visitor.peer.ask(ReportScene.answers(scene.visitor.conversation, id)).getJsonArray("items").size());
    }

    /** @return the types of what the desk heard by itself and as answers, in order, and the answer to a poll of the fallback that was held meanwhile */
    private List<String> talk(boolean withReport) throws Exception {
        settled();
        List<JsonObject> heard = new ArrayList<>();
        heard.add(scene.visitor.message());
        heard.add(scene.expert.peer.hear("envelope"));
        if (withReport) {
            reported();
        }
        heard.addAll(scene.expert.peer.all());
        heard.add(scene.expert.message(scene.visitor));
        scene.visitor.message();
        heard.add(scene.expert.peer.hear("envelope"));
        heard.add(scene.expert.peer.ask(Peer.frame("ping")));
        heard.addAll(scene.expert.peer.all());
        scene.expert.peer.forget();
        return heard.stream().map(frame -> frame.getString("t") + " " + new TreeSet<>(frame.fieldNames())).filter(frame -> !frame.startsWith("beat")).toList();
    }

    /** What was said about the beginning of the talk has been heard. */
    private void settled() throws Exception {
        for (int i = 0; i < 3; i++) {
            scene.expert.ack(scene.visitor.conversation, 1);
            Thread.sleep(50);
        }
        scene.expert.peer.forget();
    }

    // seen failing: with the dispatcher sending the desk a signal when something was reported, and with the desk's view telling something else from then on
    @Test
    @DisplayName("on her socket: the same frames with a report as without, of the same fields, in the same order")
    void onSocket() throws Exception {
        List<String> without = talk(false);
        assertEquals(without, talk(true));
        assertTrue(without.stream().anyMatch(frame -> frame.startsWith("envelope")));
        assertEquals(without, talk(false));
    }

    // seen failing: with a signal to the desk, and with its view telling something else once she has reported
    @Test
    @DisplayName("polling: a poll that is held while she reports ends with nothing, and the view is the one from before")
    void polling() throws Exception {
        settled();
        String view = polled(0);
        long rev = new JsonObject(view).getJsonArray("frames").getJsonObject(0).getLong("rev");
        List<String> held = new ArrayList<>();
        Thread poll = Thread.ofPlatform().start(() -> held.add(polled(rev)));
        reported();
        poll.join();
        assertEquals(List.of("{\"t\":\"news\",\"frames\":[]}"), held);
        assertEquals(view, polled(0));
    }

    private String polled(long rev) {
        JsonObject after = new JsonObject().put(scene.visitor.conversation, 1);
        Whole answer = Whole.post(scene.house.staffOrigin() + "/poll", Peer.frame("poll").put("v", 1).put("rev", rev).put("after", after).encode(), "Cookie", scene.first.cookie, "X-Naast", "1");
        assertEquals(200, answer.status());
        return answer.body();
    }

    // seen failing: with a line of the log for each report; with a write to the conversation's row
    @Test
    @DisplayName("in the store nothing but the report's own rows is another, and the log says nothing")
    void elsewhere() throws Exception {
        settled();
        List<String> before = scene.house.rows();
        Logs logs = Logs.open();
        try {
            reported();
        } finally {
            logs.close();
        }
        assertEquals(List.of(), logs.lines().stream().filter(line -> !line.contains("\"library\"")).toList());
        List<String> after = new ArrayList<>(scene.house.rows());
        assertEquals(2, after.stream().filter(row -> row.startsWith("report ")).count());
        after.removeIf(row -> row.startsWith("report "));
        assertEquals(before, after);
    }
}
