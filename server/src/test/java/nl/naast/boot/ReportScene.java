package nl.naast.boot;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.house.Expert;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.support.Browser;
import nl.naast.support.Whole;

/** A visitor who talks with an expert, and two coordinators whom she may report to, on a really started server. */
final class ReportScene implements AutoCloseable {
    private static final long WEEK = 7 * 86_400;

    final Booted house;
    final WebSocketClient client;
    final Browser first;
    final Browser anna;
    final Browser bea;
    final Visitor visitor;
    final Expert expert;

    ReportScene(Path directory, Clock clock, Map<String, String> settings) throws Exception {
        house = new Booted(directory, settings, clock);
        client = house.vertx.createWebSocketClient();
        first = house.first();
        anna = coordinator("Anna", "coordinator");
        bea = coordinator("Bea", "coordinator");
        Booted.registerStatement(first);
        expert = house.desk(client, first);
        visitor = talking(expert);
    }

    /** Somebody whose statement as a coordinator is served; she may be an expert too. */
    Browser coordinator(String alias, String... roles) {
        Browser browser = first.invited(alias, roles);
        registerCoordinator(browser);
        return browser;
    }

    static void registerCoordinator(Browser browser) {
        long now = InstantSource.system().instant().getEpochSecond();
        Statement made = browser.statement(now, now + WEEK);
        Booted.registerStatement(browser, new Statement(made.id(), Statement.Role.COORDINATOR, made.organisation(), made.alias(), made.languages(), made.signatureKey(), made.hpkeKey(), made.kem(), made.notBefore(), made.notAfter()));
    }

    Visitor talking(Expert with) throws Exception {
        Visitor her = Visitor.at(house, client);
        her.join("nl");
        with.claim(with == expert ? 1 : 2);
        her.peer.hear("view", "claimed");
        her.add();
        with.ack(her.conversation, 1);
        her.peer.hear("view", "talking");
        return her;
    }

    static byte[] box(int bytes) {
        byte[] box = MlsBytes.random(bytes);
        box[0] = 1;
        return box;
    }

    static Statement statement(String signed) {
        return Statement.parse(Signed.parse(Base64Url.decode(signed).orElseThrow()).unsigned());
    }

    static String hash(String signed) {
        return Peer.bytes(statement(signed).hash().bytes());
    }

    /** The statements that she is told of. */
    static List<String> coordinators(Visitor her) throws Exception {
        return her.peer.ask(Peer.frame("coordinators")).getJsonArray("statements").stream().map(String.class::cast).toList();
    }

    static List<String> aliases(Visitor her) throws Exception {
        return coordinators(her).stream().map(signed -> statement(signed).alias()).sorted().toList();
    }

    /** As her page would send it: to the first two. */
    static JsonObject report(Visitor her, String id) throws Exception {
        return report(her.conversation, id, coordinators(her).stream().limit(2).map(ReportScene::hash).toList());
    }

    static JsonObject report(String conversation, String id, List<String> to) {
        JsonArray boxes = new JsonArray();
        to.forEach(hash -> boxes.add(new JsonObject().put("to", hash).put("box", Peer.bytes(box(300)))));
        return Peer.frame("report").put("conversation", conversation).put("report", id).put("boxes", boxes);
    }

    static JsonObject answers(String conversation, String report) {
        return Peer.frame("answers").put("conversation", conversation).put("report", report);
    }

    static String word(JsonObject answer) {
        return answer.getString("code", answer.getString("t"));
    }

    static List<JsonObject> reports(Browser coordinator) {
        return coordinator.get("/api/reports").body().getJsonArray("reports").stream().map(JsonObject.class::cast).toList();
    }

    static JsonObject answer(String report, byte[] box) {
        return new JsonObject().put("report", report).put("box", Peer.bytes(box));
    }

    Whole posted(String capability, JsonObject frame) {
        return Whole.post(house.visitorOrigin() + "/frames", frame.copy().put("n", 7).encode(), "Authorization", "Bearer " + capability, "Naast-Version", "1");
    }

    @Override
    public void close() {
        Booted.await(client.close());
        house.close();
    }
}
