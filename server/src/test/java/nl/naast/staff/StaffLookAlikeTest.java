package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.naast.house.Peer;
import nl.naast.support.Browser;
import nl.naast.support.StaffWorld;
import nl.naast.support.Whole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is unknown, used, withdrawn or expired looks alike on the staff's routes: status, headers, body")
class StaffLookAlikeTest {
    private StaffWorld world;
    private Browser administrator;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        world = new StaffWorld(directory);
        administrator = world.first();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Whole post(String path, JsonObject body) {
        return Whole.post(world.url() + path, body.encode(), "Content-Type", "application/json", "X-Naast", "1", "Cookie", String.valueOf(administrator.cookie));
    }

    /** @return id and code */
    private JsonObject invite() {
        JsonObject body = new JsonObject().put("id", Peer.id()).put("alias", "New").put("roles", new JsonArray().add("expert")).put("languages", new JsonArray().add("nl"));
        return new JsonObject().put("id", body.getString("id")).put("code", administrator.post("/api/invitations", body).body().getString("link").split("=", 2)[1]);
    }

    // seen failing: with the state left out of SqliteInvitations.find, the withdrawn one was shown
    @Test
    @DisplayName("invitations, wherever a code or an id is given")
    void invitations() {
        JsonObject used = invite();
        world.browser().register(used.getString("code"));
        JsonObject withdrawn = invite();
        post("/api/invitations/withdraw", new JsonObject().put("id", withdrawn.getString("id")));
        JsonObject never = new JsonObject().put("id", Peer.id()).put("code", Peer.id());
        List<Whole> answers = new ArrayList<>();
        List.of(never, used, withdrawn).forEach(one -> ask(one, answers));
        JsonObject expired = invite();
        world.clock.move(Duration.ofHours(72).plusMinutes(1));
        administrator.signIn();
        ask(expired, answers);
        assertEquals("404 {\"t\":\"refused\",\"n\":0,\"code\":\"unknown\"}", answers.getFirst().status() + " " + answers.getFirst().body());
        answers.forEach(answer -> assertEquals(answers.getFirst(), answer));
    }

    private void ask(JsonObject invitation, List<Whole> answers) {
        answers.add(post("/api/invitation/look", new JsonObject().put("invitation", invitation.getString("code"))));
        answers.add(post("/api/register/options", new JsonObject().put("invitation", invitation.getString("code"))));
        answers.add(post("/api/invitations/withdraw", new JsonObject().put("id", invitation.getString("id"))));
    }

    // seen failing: with Challenges.take not deleting, a used challenge signed in again
    @Test
    @DisplayName("challenges: never asked, used, expired, asked for something else")
    void challenges() {
        Browser expert = uncounted();
        JsonObject good = expert.post("/api/sign-in/options", new JsonObject()).body();
        JsonObject used = Browser.answered(good, expert.passkey.get(good.getJsonObject("options")));
        Map<String, JsonObject> tries = new LinkedHashMap<>();
        tries.put("never asked", used.copy().put("challengeId", Peer.id()));
        JsonObject registering = expert.post("/api/register/options", new JsonObject().put("invitation", invite().getString("code"))).body();
        tries.put("asked for something else", used.copy().put("challengeId", registering.getString("challengeId")));
        JsonObject late = expert.post("/api/sign-in/options", new JsonObject()).body();
        JsonObject expired = Browser.answered(late, expert.passkey.get(late.getJsonObject("options")));
        assertEquals(200, expert.post("/api/sign-in", used).status());
        tries.put("used", used);
        Map<String, Whole> answers = new LinkedHashMap<>();
        tries.forEach((name, body) -> answers.put(name, post("/api/sign-in", body)));
        world.clock.move(Duration.ofHours(1));
        answers.put("expired", post("/api/sign-in", expired));
        Whole one = answers.get("never asked");
        assertEquals("401 {\"t\":\"refused\",\"n\":0,\"code\":\"not-signed-in\"}", one.status() + " " + one.body());
        answers.forEach((name, answer) -> assertEquals(one, answer, name));
    }

    /** Whose passkey counts nothing, so that only the challenge stands against a second use. */
    private Browser uncounted() {
        Browser browser = world.browser();
        browser.passkey.counter = 0;
        assertEquals(200, browser.register(invite().getString("code")).status());
        return browser;
    }

    @Test
    @DisplayName("an expired session is answered as none")
    void sessions() {
        Whole none = Whole.get(world.url() + "/api/people");
        world.clock.move(Duration.ofHours(13));
        assertEquals(none, Whole.get(world.url() + "/api/people", "Cookie", administrator.cookie));
        assertEquals(Whole.get(world.url() + "/api/session"), Whole.get(world.url() + "/api/session", "Cookie", administrator.cookie));
    }
}
