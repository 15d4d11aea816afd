package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.naast.access.StaffId;
import nl.naast.canon.ProofCheck;
import nl.naast.canon.ProofCheck.Verdict;
import nl.naast.canon.Roster;
import nl.naast.canon.Statement;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.Origins;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.support.Answer;
import nl.naast.support.Browser;
import nl.naast.support.Root;
import nl.naast.support.RosterSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The whole server outside a trial")
class WithoutTrialTest implements Origins {
    private static final long DAY = 86_400;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Vertx vertx = Vertx.vertx();
    private final Root root = new Root();
    private Map<String, String> arguments;
    private Helpline helpline;
    private RosterSigner anna;
    private RosterSigner bea;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        arguments = new HashMap<>(Booted.arguments(directory));
        arguments.putAll(Map.of("trial.enabled", "false", "trust.root.file", Files.writeString(directory.resolve("root.pub"), Base64Url.encode(root.point()) + "\n").toString()));
        helpline = Booted.await(Helpline.start(Vertx.vertx(), Settings.read(Path.of("../config/naast.properties"), Map.of(), arguments)));
        Browser first = new Browser(http, this::staffPort, staffOrigin()).registered(Booted.await(helpline.firstInvitation()).orElseThrow());
        anna = RosterSigner.certified(first, root, "Anna", now() + 400 * DAY);
        bea = RosterSigner.certified(first.invited("Bea", "coordinator"), root, "Bea", now() + 400 * DAY);
    }

    @AfterEach
    void stop() {
        Booted.await(helpline.stop());
        http.close();
        Booted.await(vertx.close());
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    @Override
    public int visitorPort() {
        return Integer.parseInt(arguments.get("visitor.port"));
    }

    @Override
    public int staffPort() {
        return Integer.parseInt(arguments.get("staff.port"));
    }

    @Override
    public String visitorOrigin() {
        return "http://localhost:" + visitorPort();
    }

    @Override
    public String staffOrigin() {
        return "http://localhost:" + staffPort();
    }

    private Answer present(Browser expert, Statement statement) {
        return expert.post("/api/statement", new JsonObject().put("unsigned", Base64Url.encode(statement.encode())));
    }

    private Expert desk(WebSocketClient client, Browser browser) throws Exception {
        return Expert.at(this, client, new House.SignedIn(new StaffId(new Id16(browser.me().getString("id"))), browser.cookie.split("=", 2)[1]), Peer.id());
    }

    /** Two certificates, one statement, one roster: what it takes until a visitor can be claimed. */
    private Statement ceremony(Browser expert) {
        Statement statement = expert.statement(now(), now() + 30 * DAY);
        RosterSigner.done(List.of(anna.bring(), bea.bring(), present(expert, statement), anna.sign(statement), bea.sign(statement)));
        Roster roster = anna.next(now());
        RosterSigner.done(List.of(anna.sign(roster), bea.sign(roster)));
        return statement;
    }

    @Test
    @DisplayName("the first invitation is for an administrator who is coordinator; from it a second coordinator comes, and from both a talk; then one of them revokes, and the visitor is told by which record")
    void fromZero() throws Exception {
        assertEquals(List.of("coordinator", "administrator"), anna.browser.me().getJsonArray("roles").getList());
        assertEquals(false, anna.browser.me().getBoolean("trial"));
        assertTrue(Booted.await(helpline.firstInvitation()).isEmpty(), "somebody has registered");
        Browser noor = anna.browser.invited("Noor", "expert");
        WebSocketClient sockets = vertx.createWebSocketClient();
        Visitor visitor = Visitor.at(this, sockets);
        visitor.join("nl");
        assertEquals("not-now", desk(sockets, noor).claim(1).getString("code"), "nobody signed for her");
        Statement statement = ceremony(noor);
        assertEquals("not-now", desk(sockets, noor).claim(1).getString("code"), "one passkey is too few (D1)");
        noor.add(noor.authenticator());
        Expert expert = desk(sockets, noor);
        assertEquals("claimed", expert.claim(1).getString("t"));
        JsonObject claimed = visitor.peer.hear("view", "claimed");
        assertEquals(Verdict.BELIEVED, new ProofCheck(root.point(), now()).check(RosterSigner.bytes(claimed, "statement"), RosterSigner.bytes(claimed, "roster"), List.of()));
        visitor.add();
        expert.ack(visitor.conversation, 1);
        visitor.peer.hear("view", "talking");
        byte[] record = bea.revocation(statement, now()).encode();
        RosterSigner.done(List.of(bea.browser.post("/api/signing/revocation", new JsonObject().put("revocation", Base64Url.encode(record)))));
        JsonObject waits = visitor.peer.hear("view", "waiting");
        assertEquals("revoked", waits.getString("again"));
        assertArrayEquals(record, Base64Url.decode(waits.getJsonArray("revocations").getString(0)).orElseThrow());
        expert.peer.hear("lease-lost");
        assertEquals(200, noor.get("/api/session").status());
        assertEquals(true, noor.me().getBoolean("signedIn"), "what she needs is a new statement");
    }

    @Test
    @DisplayName("only coordinators sign: an expert and an administrator are refused each of it, and it changes nothing")
    void others() {
        Browser expert = anna.browser.invited("Noor", "expert");
        Browser administrator = anna.browser.invited("Ada", "administrator");
        for (Browser other : List.of(expert, administrator)) {
            RosterSigner stranger = RosterSigner.certified(other, root, "Stranger", now() + DAY);
            Statement statement = anna.browser.statement(now(), now() + DAY);
            assertEquals(List.of("403 not-allowed", "403 not-allowed", "403 not-allowed", "403 not-allowed"),
                List.of(stranger.bring().refusal(), stranger.sign(statement).refusal(), stranger.refuse(statement).refusal(), stranger.revoke(stranger.revocation(statement, now())).refusal()));
            assertEquals("403 not-allowed", other.get("/api/signing").refusal());
        }
        assertEquals(0, anna.signing().getJsonArray("certificates").size());
    }
}
