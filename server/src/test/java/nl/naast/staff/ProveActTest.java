package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

@DisplayName("What a session is too little for: passkeys and keyring")
class ProveActTest {
    private static final List<String> ACTS = List.of("add-passkey", "keyring");

    @TempDir
    Path directory;
    private StaffWorld world;
    private Browser me;
    private SoftAuthenticator second;

    @BeforeEach
    void start() throws IOException {
        world = new StaffWorld(directory);
        me = world.first();
        second = me.authenticator();
        me.add(second);
        assertEquals(200, put(me, 0).status());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String id() {
        return Base64Url.encode(MlsBytes.random(16));
    }

    private static JsonObject body(long seen) {
        return new JsonObject().put("seen", seen).put("write", id()).put("body", "AAAA");
    }

    private static Answer put(Browser who, long seen) {
        return who.post("/api/vault/put", body(seen).put("item", "keyring").put("lines", new JsonArray()));
    }

    private static Answer keyring(Browser who, long seen, Object proof) {
        return who.post("/api/vault/keyring", body(seen).put("proof", proof));
    }

    private static Answer options(Browser who, Object proof) {
        return who.post("/api/passkeys/options", new JsonObject().put("proof", proof));
    }

    private Answer remove(Browser who, String passkey, Object proof) {
        return who.post("/api/passkeys/remove", new JsonObject().put("id", passkey).put("proof", proof));
    }

    private String last() {
        return me.get("/api/passkeys").body().getJsonArray("passkeys").getJsonObject(1).getString("id");
    }

    // seen failing: with ProveAct.use answering true to whatever comes
    @Test
    @DisplayName("whoever copied my session adds no passkey, takes none away, and puts no keyring in the place of mine")
    void copied() {
        Browser thief = world.browser();
        thief.cookie = me.cookie;
        for (Object proof : List.of("", "AAAA", 7, new JsonObject())) {
            assertEquals("403 not-allowed", options(thief, proof).refusal());
            assertEquals("403 not-allowed", remove(thief, last(), proof).refusal());
            assertEquals("403 not-allowed", keyring(thief, 1, proof).refusal());
        }
        assertEquals("403 not-allowed", put(thief, 1).refusal());
        SoftAuthenticator his = thief.authenticator();
        JsonObject asked = thief.post("/api/proof/options", new JsonObject().put("act", "keyring")).body();
        his.create(new JsonObject().put("user", new JsonObject().put("id", me.me().getString("id"))).put("rp", new JsonObject().put("id", "localhost")).put("challenge", "AAAA"));
        assertEquals("403 not-allowed", thief.post("/api/proof", Browser.answered(asked, his.get(asked.getJsonObject("options"))).put("act", "keyring")).refusal());
        assertEquals(2, me.me().getInteger("passkeys"));
        assertEquals(200, keyring(me, 1, me.proof("keyring")).status());
    }

    // seen failing: with the step left out of what is used up
    @Test
    @DisplayName("a proof is good for the act that it was given for, each step once, and for two minutes")
    void once() {
        String adds = me.proof("add-passkey");
        assertEquals(200, options(me, adds).status());
        assertEquals("403 not-allowed", options(me, adds).refusal(), "again");
        assertEquals(200, keyring(me, 1, adds).status(), "what adding one ends with");
        assertEquals("403 not-allowed", keyring(me, 2, adds).refusal(), "again");
        assertEquals("403 not-allowed", remove(me, last(), me.proof("keyring")).refusal());
        assertEquals("403 not-allowed", remove(me, last(), me.proof("remove-passkey " + id())).refusal(), "another passkey");
        assertEquals("403 not-allowed", options(me, me.proof("keyring")).refusal());
        String late = me.proof("keyring");
        world.clock.move(Duration.ofMinutes(2));
        assertEquals("403 not-allowed", keyring(me, 2, late).refusal());
        assertEquals(200, remove(me, last(), me.proof("remove-passkey " + last(), second)).status());
        assertEquals(1, me.me().getInteger("passkeys"));
    }

    // seen failing: with about not naming the session
    @Test
    @DisplayName("it is good in the session that it was asked in, by a passkey of its own person, whose only are named")
    void session() {
        Browser elsewhere = world.browser();
        assertEquals(200, elsewhere.signIn(second).status());
        assertEquals("403 not-allowed", keyring(elsewhere, 1, me.proof("keyring")).refusal());
        Browser other = world.invited(me, "Bo", "expert");
        assertEquals("403 not-allowed", keyring(other, 0, me.proof("keyring")).refusal());
        JsonObject asked = me.post("/api/proof/options", new JsonObject().put("act", "keyring")).body();
        assertEquals(2, asked.getJsonObject("options").getJsonArray("allowCredentials").size());
        JsonObject hers = Browser.answered(asked, other.passkey.get(asked.getJsonObject("options"))).put("act", "keyring");
        assertEquals("403 not-allowed", me.post("/api/proof", hers).refusal());
        assertEquals("403 not-allowed", elsewhere.post("/api/proof", Browser.answered(asked, second.get(asked.getJsonObject("options"))).put("act", "keyring")).refusal());
    }

    // seen failing: with about not naming the act
    @Test
    @DisplayName("an answer is one to the act that was asked about, once; one to a sign-in is none, and none of these signs in")
    void bound() {
        JsonObject asked = me.post("/api/proof/options", new JsonObject().put("act", "keyring")).body();
        JsonObject answer = Browser.answered(asked, me.passkey.get(asked.getJsonObject("options")));
        assertEquals("403 not-allowed", me.post("/api/proof", answer.copy().put("act", "add-passkey")).refusal());
        assertEquals("401 not-signed-in", world.browser().post("/api/sign-in", answer).refusal());
        assertEquals(200, me.post("/api/proof", answer.copy().put("act", "keyring")).status());
        assertEquals("403 not-allowed", me.post("/api/proof", answer.copy().put("act", "keyring")).refusal(), "again");
        JsonObject signIn = me.post("/api/sign-in/options", new JsonObject()).body();
        for (String act : ACTS) {
            assertEquals("403 not-allowed", me.post("/api/proof", Browser.answered(signIn, me.passkey.get(signIn.getJsonObject("options"))).put("act", act)).refusal());
            assertNotEquals(me.proof(act), me.proof(act));
        }
        for (String act : List.of("", "remove-passkey", "remove-passkey  ", "suspend", "keyring ")) {
            assertEquals("400 malformed", me.post("/api/proof/options", new JsonObject().put("act", act)).refusal());
        }
    }
}
