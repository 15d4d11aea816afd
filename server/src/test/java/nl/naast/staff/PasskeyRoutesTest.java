package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.naast.access.StaffStopped.Why;
import nl.naast.audit.AuditEvent;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.support.Answer;
import nl.naast.support.Browser;
import nl.naast.support.SoftAuthenticator;
import nl.naast.support.StaffWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Further passkeys over HTTP (docs/protocol.md §11)")
class PasskeyRoutesTest {
    private static final JsonObject EMPTY = new JsonObject();
    @TempDir
    Path directory;
    private StaffWorld world;
    private Browser me;

    @BeforeEach
    void start() throws IOException {
        world = new StaffWorld(directory);
        me = world.first();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private List<JsonObject> mine() {
        return me.get("/api/passkeys").body().getJsonArray("passkeys").stream().map(JsonObject.class::cast).toList();
    }

    private static JsonObject asked(Browser who) {
        return who.post("/api/passkeys/options", new JsonObject().put("proof", who.proof("add-passkey"))).body();
    }

    @Test
    @DisplayName("D1: a second passkey signs me in as the first does; both are listed with their day, and whether they are copied to other devices")
    void second() {
        long today = Sealed.day(world.clock.now());
        assertEquals(1, me.me().getInteger("passkeys"));
        world.clock.move(Duration.ofHours(11));
        SoftAuthenticator second = me.authenticator();
        second.synced = true;
        assertEquals("{}", me.add(second).text());
        assertEquals(2, me.me().getInteger("passkeys"));
        JsonObject asked = asked(me).getJsonObject("options");
        assertEquals(mine().stream().map(each -> each.getString("credential")).toList(), asked.getJsonArray("excludeCredentials").stream().map(each -> ((JsonObject) each).getString("id")).toList());
        assertEquals(me.me().getString("id"), asked.getJsonObject("user").getString("id"));
        assertEquals(List.of(false, true), mine().stream().map(each -> each.getBoolean("synced")).toList());
        assertTrue(mine().stream().allMatch(each -> each.getLong("made") >= today && each.getLong("made") <= today + 1 && each.fieldNames().size() == 4));
        Browser elsewhere = world.browser();
        assertEquals("Sam", elsewhere.signIn(second).body().getString("alias"));
        assertEquals(2, elsewhere.me().getInteger("passkeys"));
        assertEquals(200, me.signIn().status());
    }

    // seen failing: with the challenge's person not compared; with the purpose left out of what a challenge is bound to
    @Test
    @DisplayName("only a fresh answer to a challenge that was asked by me for this is one; the same answer again is the same passkey")
    void refused() {
        Browser other = world.invited(me, "Bo", "expert");
        SoftAuthenticator further = me.authenticator();
        JsonObject hers = asked(other);
        assertEquals("403 not-allowed", me.post("/api/passkeys", Browser.answered(hers, further.create(hers.getJsonObject("options")))).refusal());
        JsonObject signIn = me.post("/api/sign-in/options", EMPTY).body();
        assertEquals("400 malformed", me.post("/api/passkeys", Browser.answered(signIn, me.passkey.get(signIn.getJsonObject("options")))).refusal());
        further.verifiesUser = false;
        assertEquals("403 not-allowed", me.add(further).refusal());
        further.verifiesUser = true;
        JsonObject late = asked(me);
        world.clock.move(Duration.ofMinutes(6));
        assertEquals("403 not-allowed", me.post("/api/passkeys", Browser.answered(late, further.create(late.getJsonObject("options")))).refusal());
        JsonObject asked = asked(me);
        JsonObject good = Browser.answered(asked, further.create(asked.getJsonObject("options")));
        assertEquals(200, me.post("/api/passkeys", good).status());
        assertEquals(200, me.post("/api/passkeys", good).status());
        assertEquals("403 not-allowed", me.post("/api/passkeys", Browser.answered(asked, me.authenticator().create(asked.getJsonObject("options")))).refusal(), "a challenge is good once");
        assertEquals("403 not-allowed", other.add(further).refusal(), "somebody else's");
        assertEquals(2, mine().size());
        String invitation = me.post("/api/invitations", new JsonObject().put("id", Base64Url.encode(MlsBytes.random(16))).put("alias", "New").put("roles", new JsonArray().add("expert")).put("languages", new JsonArray())).body().getString("link").split("=", 2)[1];
        JsonObject again = asked(me);
        assertEquals("401 not-signed-in", world.browser().post("/api/register", Browser.answered(again, me.authenticator().create(again.getJsonObject("options"))).put("invitation", invitation)).refusal());
    }

    // seen failing: with endOthers left out
    @Test
    @DisplayName("lost laptop: from another browser, with the second passkey, I take the first away: it signs nobody in, and its sessions are over at once; mine goes on")
    void lostLaptop() {
        SoftAuthenticator second = me.authenticator();
        me.add(second);
        Browser laptop = world.browser();
        assertEquals(200, laptop.signIn(me.passkey).status());
        SoftAuthenticator lost = me.passkey;
        me.cookie = null;
        assertEquals(200, me.signIn(second).status());
        JsonObject first = mine().getFirst();
        assertEquals("{}", me.remove(first.getString("id"), second).text());
        assertEquals("401 not-signed-in", laptop.get("/api/guide").refusal());
        assertEquals("401 not-signed-in", laptop.signIn(lost).refusal());
        assertEquals(200, me.get("/api/guide").status());
        assertTrue(world.stops.stream().allMatch(stop -> stop.why() == Why.SIGNED_OUT && stop.session().isPresent()) && world.stops.size() == 2, world.stops.toString());
        assertEquals("{}", me.remove(first.getString("id"), second).text(), "again");
        assertEquals("403 not-allowed", me.remove(mine().getFirst().getString("id"), second).refusal(), "the last one");
        assertEquals(200, me.signIn(second).status());
    }

    @Test
    @DisplayName("nobody takes away, or sees, another's; ids that are none are malformed")
    void others() {
        Browser other = world.invited(me, "Bo", "expert");
        other.add(other.authenticator());
        String before = other.get("/api/passkeys").text();
        other.get("/api/passkeys").body().getJsonArray("passkeys").forEach(each -> assertEquals("{}", me.remove(((JsonObject) each).getString("id")).text()));
        assertEquals(before, other.get("/api/passkeys").text());
        assertFalse(mine().stream().anyMatch(each -> before.contains(each.getString("id"))));
        assertEquals("400 malformed", me.post("/api/passkeys/remove", new JsonObject().put("id", 7).put("proof", "")).refusal());
        assertEquals("400 malformed", me.post("/api/passkeys", new JsonObject().put("challengeId", 7).put("credential", 7)).refusal());
    }

    @Test
    @DisplayName("ten at the most; the trail says that one was added or taken away, not which")
    void limit() {
        for (int i = 1; i < 10; i++) {
            assertEquals(200, me.add(me.authenticator()).status());
        }
        assertEquals("409 limit", me.add(me.authenticator()).refusal());
        assertEquals(10, mine().size());
        me.remove(mine().getLast().getString("id"));
        List<AuditEvent> trail = StaffWorld.await(world.audit.trail().after(0, 20)).stream().map(line -> line.event()).toList();
        assertEquals(9, trail.stream().filter(event -> event instanceof AuditEvent.Deed deed && deed.deed().equals("added-passkey") && deed.about().isEmpty()).count());
        assertEquals("removed-passkey", ((AuditEvent.Deed) trail.getLast()).deed());
    }

    @Test
    @DisplayName("after a restart everything stands")
    void restart() throws IOException {
        SoftAuthenticator second = me.authenticator();
        me.add(second);
        List<JsonObject> before = mine();
        world.restart();
        assertEquals(before, mine());
        Answer answer = world.browser().signIn(second);
        assertEquals(200, answer.status(), answer.text());
    }
}
