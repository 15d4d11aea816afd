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
import java.util.Optional;
import java.util.function.IntFunction;
import nl.naast.access.StaffStopped.Why;
import nl.naast.support.Answer;
import nl.naast.support.Browser;
import nl.naast.support.StaffWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docs/protocol.md §11 over real HTTP, by actor. */
class StaffRoutesTest {
    private static final JsonObject EMPTY = new JsonObject();
    private static final String ANY = "/api/guide"; // any signed-in, unlocked expert may use it
    @TempDir Path directory;
    StaffWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new StaffWorld(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String code(String link) {
        return link.substring(link.indexOf("#invitation=") + 12);
    }

    private static JsonObject invitation(String id, String alias, String role) {
        return new JsonObject().put("id", id).put("alias", alias).put("roles", new JsonArray().add(role)).put("languages", new JsonArray().add("nl"));
    }

    private static String id(int n) {
        return nl.naast.platform.Base64Url.encode(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, (byte) n});
    }

    @Nested
    @DisplayName("As nobody")
    class AsNobody {
        @Test
        @DisplayName("every route but the open ones answers 401, and says no more")
        void closed() {
            // seen failing: with StaffApiRoutes.signedIn leaving out the session handler
            Browser nobody = world.browser();
            world.api.entries().stream().filter(entry -> entry.who().isPresent()).forEach(entry -> {
                Answer answer = entry.method().equals("GET") ? nobody.get(entry.path()) : nobody.post(entry.path(), EMPTY);
                assertEquals("401 not-signed-in", answer.refusal(), entry.path());
            });
            assertEquals("401 not-signed-in", nobody.post("/api/sign-out", EMPTY).refusal());
            assertEquals(new JsonObject().put("signedIn", false), nobody.me());
        }

        @Test
        @DisplayName("the first invitation is for an administrator and expert; its code stands in the fragment")
        void firstInvitation() {
            String link = StaffWorld.await(world.staff.firstInvitation()).orElseThrow();
            assertTrue(link.matches("http://localhost:8081/desk#invitation=[A-Za-z0-9_-]{22}"), link);
            Answer look = world.browser().post("/api/invitation/look", new JsonObject().put("invitation", code(link)));
            assertEquals(List.of("expert", "administrator"), look.body().getJsonArray("roles").getList());
            assertEquals(List.of("ar", "en", "nl"), look.body().getJsonArray("languages").getList());
        }

        @Test
        @DisplayName("a passkey registers me, signs me in, and uses the invitation up")
        void registers() {
            // seen failing: with SqlitePeople.register leaving the invitation open
            String code = code(StaffWorld.await(world.staff.firstInvitation()).orElseThrow());
            Browser me = world.browser();
            Answer answer = me.register(code);
            assertEquals(200, answer.status(), answer.text());
            assertEquals("Sam", answer.body().getString("alias"));
            assertEquals(answer.body(), me.me());
            assertTrue(answer.cookies().getFirst().matches("__Host-naast=[A-Za-z0-9_-]{43}; Path=/; Secure; HTTPOnly; SameSite=Strict"), answer.cookies().getFirst());
            assertEquals("404 unknown", world.browser().register(code).refusal());
            assertEquals(Optional.empty(), StaffWorld.await(world.staff.firstInvitation()));
        }

        @Test
        @DisplayName("two at once with one invitation: one is registered")
        void onlyOne() {
            String code = code(StaffWorld.await(world.staff.firstInvitation()).orElseThrow());
            List<Browser> both = List.of(world.browser(), world.browser());
            List<JsonObject> asked = both.stream().map(browser -> browser.post("/api/register/options", new JsonObject().put("invitation", code)).body()).toList();
            List<JsonObject> bodies = List.of(0, 1).stream().map(i -> Browser.answered(asked.get(i), both.get(i).passkey.create(asked.get(i).getJsonObject("options"))).put("invitation", code)).toList();
            List<Integer> statuses = List.of(0, 1).parallelStream().map(i -> both.get(i).post("/api/register", bodies.get(i)).status()).sorted().toList();
            assertEquals(List.of(200, 404), statuses);
        }

        @Test
        @DisplayName("an invitation that is void, expired, withdrawn, made up or no text: the same answer everywhere")
        void voidInvitations() {
            // seen failing: with SqliteInvitations.stands answering true, and with the state left out of find
            String replaced = code(StaffWorld.await(world.staff.firstInvitation()).orElseThrow());
            Browser administrator = world.first();
            String withdrawn = code(administrator.post("/api/invitations", invitation(id(1), "Bo", "expert")).body().getString("link"));
            assertEquals(200, administrator.post("/api/invitations/withdraw", new JsonObject().put("id", id(1))).status());
            String expired = code(administrator.post("/api/invitations", invitation(id(2), "Bo", "expert")).body().getString("link"));
            world.clock.move(Duration.ofHours(72));
            for (Object code : List.of(replaced, withdrawn, expired, "A".repeat(22), "short", 7)) {
                JsonObject body = new JsonObject().put("invitation", code);
                Answer look = world.browser().post("/api/invitation/look", body);
                assertEquals("404 unknown", look.refusal());
                assertEquals(look.text(), world.browser().post("/api/register/options", body).text());
            }
        }

        @Test
        @DisplayName("an answer from another page, without user verification, to another challenge, or used before: 401")
        void refusedPasskeys() {
            // seen failing: with UserVerification.PREFERRED; with Challenges.take not deleting; with the origin not handed to the library
            String code = code(StaffWorld.await(world.staff.firstInvitation()).orElseThrow());
            Browser elsewhere = world.browser();
            elsewhere.passkey.origin = "http://localhost:8080";
            assertEquals("401 not-signed-in", elsewhere.register(code).refusal());
            Browser unverified = world.browser();
            unverified.passkey.verifiesUser = false;
            assertEquals("401 not-signed-in", unverified.register(code).refusal());
            Browser good = world.browser();
            JsonObject asked = good.post("/api/register/options", new JsonObject().put("invitation", code)).body();
            JsonObject other = good.post("/api/register/options", new JsonObject().put("invitation", code)).body();
            JsonObject answered = Browser.answered(other, good.passkey.create(asked.getJsonObject("options"))).put("invitation", code);
            assertEquals("401 not-signed-in", good.post("/api/register", answered).refusal());
            answered.put("challengeId", asked.getString("challengeId"));
            assertEquals(200, good.post("/api/register", answered).status());
            assertEquals("401 not-signed-in", good.post("/api/register", answered).refusal());
        }

        @Test
        @DisplayName("a challenge that is too old is none")
        void oldChallenge() {
            Browser me = world.first();
            JsonObject asked = me.post("/api/sign-in/options", EMPTY).body();
            world.clock.move(Duration.ofMinutes(6));
            assertEquals("401 not-signed-in", me.post("/api/sign-in", Browser.answered(asked, me.passkey.get(asked.getJsonObject("options")))).refusal());
        }

        @Test
        @DisplayName("a body with a field too many, too few, or no JSON: 400")
        void malformed() {
            Browser nobody = world.browser();
            for (String body : List.of("", "x", "[]", "{}", "{\"invitation\":\"a\",\"more\":1}", "{\"invitation\":")) {
                assertEquals("400 malformed", nobody.post("/api/invitation/look", body).refusal(), body);
            }
        }
    }

    @Nested
    @DisplayName("As another site in an expert's browser")
    class AsAnotherSite {
        @Test
        @DisplayName("a write without X-Naast, without JSON, or with a foreign Origin is refused; without an Origin header it is not")
        void csrf() {
            // seen failing: each condition of StaffPostHandler left out in turn
            Browser me = world.first();
            IntFunction<JsonObject> keys = seen -> new JsonObject().put("item", "keys").put("seen", seen).put("write", "A".repeat(22)).put("body", "AAAA").put("lines", new JsonArray());
            me.headers.remove("Origin");
            assertEquals(200, me.post("/api/vault/put", keys.apply(0)).status());
            for (String foreign : List.of("http://localhost:8080", "null")) {
                me.headers.put("Origin", foreign);
                assertEquals("403 not-allowed", me.post("/api/vault/put", keys.apply(1)).refusal());
            }
            me.headers.put("Origin", StaffWorld.ORIGIN);
            me.headers.put("Content-Type", "text/plain");
            assertEquals("400 malformed", me.post("/api/vault/put", keys.apply(1)).refusal());
            me.headers.put("Content-Type", "application/json");
            me.headers.remove("X-Naast");
            assertEquals("403 not-allowed", me.post("/api/vault/put", keys.apply(1)).refusal());
            assertEquals(1, me.get("/api/vault").body().getJsonArray("items").getJsonObject(0).getInteger("version"));
        }
    }

    @Nested
    @DisplayName("As an expert")
    class AsExpert {
        @Test
        @DisplayName("D1: my passkey signs me in on another browser, no name asked; the first session goes on")
        void signsIn() {
            Browser here = world.first();
            String first = here.cookie;
            here.cookie = null;
            Answer answer = here.signIn();
            assertEquals(200, answer.status(), answer.text());
            assertEquals("Sam", answer.body().getString("alias"));
            Browser before = world.browser();
            before.cookie = first;
            assertTrue(before.me().getBoolean("signedIn"));
        }

        @Test
        @DisplayName("D1: request options name no credential and require user verification")
        void options() {
            JsonObject options = world.browser().post("/api/sign-in/options", EMPTY).body().getJsonObject("options");
            assertFalse(options.containsKey("allowCredentials"));
            assertEquals("required", options.getString("userVerification"));
            assertEquals("localhost", options.getString("rpId"));
        }

        @Test
        @DisplayName("a copy of my passkey, whose counter is not ahead, is refused")
        void copied() {
            // seen failing: with the counter not written after a sign-in
            Browser me = world.first();
            assertEquals(200, me.signIn().status());
            me.passkey.counter -= 1;
            assertEquals("401 not-signed-in", me.signIn().refusal());
            assertEquals(200, me.signIn().status());
        }

        @Test
        @DisplayName("a passkey that counts nothing signs in again and again")
        void uncounted() {
            Browser me = world.browser();
            me.passkey.counter = 0;
            assertEquals(200, me.register(code(StaffWorld.await(world.staff.firstInvitation()).orElseThrow())).status());
            assertEquals(200, me.signIn().status());
            assertEquals(200, me.signIn().status());
        }

        @Test
        @DisplayName("a lock closes everything but the way out; a fresh sign-in opens it and ends the locked session")
        void lock() {
            // seen failing: with SignIn.byToken not looking at locked
            Browser me = world.first();
            assertEquals(200, me.get(ANY).status());
            world.lock(me);
            assertTrue(me.me().getBoolean("locked"));
            assertEquals("401 not-signed-in", me.get(ANY).refusal());
            String locked = me.cookie;
            assertEquals(200, me.signIn().status());
            assertEquals(200, me.get(ANY).status());
            me.cookie = locked;
            assertEquals(new JsonObject().put("signedIn", false), me.me());
        }

        @Test
        @DisplayName("the session ends by itself after twelve hours")
        void ends() {
            Browser me = world.first();
            world.clock.move(Duration.ofHours(12).minusMinutes(2));
            assertEquals(200, me.get(ANY).status());
            world.clock.move(Duration.ofMinutes(3));
            assertEquals("401 not-signed-in", me.get(ANY).refusal());
        }

        @Test
        @DisplayName("the server dies and comes back: the desk goes on without a new sign-in")
        void restart() throws IOException {
            Browser me = world.first();
            world.restart();
            assertEquals(200, me.get(ANY).status());
            assertEquals(Optional.empty(), StaffWorld.await(world.staff.firstInvitation()));
        }

        @Test
        @DisplayName("the routes of administrators answer 403")
        void notAllowed() {
            Browser expert = world.invited(world.first(), "Bo", "expert");
            for (String path : List.of("/api/people", "/api/invitations")) {
                assertEquals("403 not-allowed", expert.get(path).refusal(), path);
            }
            assertEquals("403 not-allowed", expert.post("/api/people/suspend", new JsonObject().put("id", id(1))).refusal());
            assertEquals("403 not-allowed", expert.post("/api/invitations", invitation(id(1), "Bo", "expert")).refusal());
            assertEquals("403 not-allowed", expert.post("/api/invitations/withdraw", new JsonObject().put("id", id(1))).refusal());
        }
    }

    @Nested
    @DisplayName("As whoever copied a cookie")
    class AsThief {
        @Test
        @DisplayName("after sign-out the copy opens nothing")
        void afterSignOut() {
            // seen failing: with Sessions.end not deleting
            Browser me = world.first();
            Browser thief = world.browser();
            thief.cookie = me.cookie;
            assertEquals(200, thief.get(ANY).status());
            assertEquals(200, me.post("/api/sign-out", EMPTY).status());
            assertEquals(Why.SIGNED_OUT, world.stops.getLast().why());
            assertEquals("401 not-signed-in", thief.get(ANY).refusal());
            assertEquals(new JsonObject().put("signedIn", false), thief.me());
        }

        @Test
        @DisplayName("a forged, cut, padded or empty token: the same 401")
        void forged() {
            Browser me = world.first();
            String good = me.cookie;
            String none = world.browser().get(ANY).text();
            for (String token : List.of("A".repeat(43), "", "A".repeat(42), good.substring(13) + "=", good.substring(14), "%00")) {
                me.cookie = "__Host-naast=" + token;
                assertEquals("401 not-signed-in", me.get(ANY).refusal(), token);
                assertEquals(none, me.get(ANY).text());
            }
        }
    }

    @Nested
    @DisplayName("As an administrator")
    class AsAdministrator {
        @Test
        @DisplayName("a person I suspend is nobody at once: no session, no sign-in, no second chance with a copied cookie")
        void suspends() {
            // seen failing: with SignIn.find not asking for an active person, and with People.passkey not either
            Browser administrator = world.first();
            Browser expert = world.invited(administrator, "Bo", "expert");
            Browser copy = world.browser();
            copy.cookie = expert.cookie;
            JsonObject body = new JsonObject().put("id", expert.me().getString("id"));
            assertEquals(200, administrator.post("/api/people/suspend", body).status());
            assertEquals("401 not-signed-in", expert.get(ANY).refusal());
            assertEquals("401 not-signed-in", copy.get(ANY).refusal());
            assertEquals("401 not-signed-in", expert.signIn().refusal());
            assertEquals(Why.SUSPENDED, world.stops.getLast().why());
            assertEquals(Optional.empty(), world.stops.getLast().session());
            assertEquals(200, administrator.post("/api/people/suspend", body).status());
            List<String> states = administrator.get("/api/people").body().getJsonArray("people").stream().map(p -> ((JsonObject) p).getString("alias") + " " + ((JsonObject) p).getString("state")).sorted().toList();
            assertEquals(List.of("Bo suspended", "Sam active"), states);
        }

        @Test
        @DisplayName("I cannot suspend myself, nor somebody unknown")
        void notMyself() {
            Browser me = world.first();
            assertEquals("403 not-allowed", me.post("/api/people/suspend", new JsonObject().put("id", me.me().getString("id"))).refusal());
            assertEquals("404 unknown", me.post("/api/people/suspend", new JsonObject().put("id", id(9))).refusal());
            assertEquals("400 malformed", me.post("/api/people/suspend", new JsonObject().put("id", 9)).refusal());
        }

        @Test
        @DisplayName("the same invitation again is one invitation with a new code; the list has no code; used or withdrawn ones are not made anew")
        void invitations() {
            Browser me = world.first();
            String older = code(me.post("/api/invitations", invitation(id(1), "Bo", "expert")).body().getString("link"));
            JsonObject made = me.post("/api/invitations", invitation(id(1), "Bo", "expert")).body();
            assertEquals(world.clock.now().toEpochMilli() + Duration.ofHours(72).toMillis(), made.getLong("expiresAt"), 60_000.0);
            assertEquals("404 unknown", world.browser().register(older).refusal());
            String list = me.get("/api/invitations").text();
            assertEquals(1, new JsonObject(list).getJsonArray("invitations").size());
            assertFalse(list.contains(code(made.getString("link"))), list);
            assertEquals(200, world.browser().register(code(made.getString("link"))).status());
            assertEquals(0, me.get("/api/invitations").body().getJsonArray("invitations").size());
            assertEquals("409 not-now", me.post("/api/invitations", invitation(id(1), "Bo", "expert")).refusal());
            assertEquals("404 unknown", me.post("/api/invitations/withdraw", new JsonObject().put("id", id(1))).refusal());
        }

        @Test
        @DisplayName("an invitation that nobody could use is refused: alias, roles, languages")
        void refusedInvitations() {
            Browser me = world.first();
            for (String alias : List.of("", " Bo", "x".repeat(41), "😀".repeat(17), "a\u0007b", "a\u202eb", "e\u0301")) {
                assertEquals("400 malformed", me.post("/api/invitations", invitation(id(1), alias, "expert")).refusal(), alias);
            }
            for (String alias : List.of("x".repeat(40), "😀".repeat(16), "é", "نور")) {
                assertEquals(200, me.post("/api/invitations", invitation(id(1), alias, "expert")).status(), alias);
            }
            assertEquals("400 malformed", me.post("/api/invitations", invitation(id(1), "Bo", "root")).refusal());
            assertEquals("400 malformed", me.post("/api/invitations", invitation(id(1), "Bo", "expert").put("roles", new JsonArray())).refusal());
            assertEquals("400 malformed", me.post("/api/invitations", invitation(id(1), "Bo", "expert").put("languages", new JsonArray().add("NL"))).refusal());
            assertEquals("400 malformed", me.post("/api/invitations", invitation("x", "Bo", "expert")).refusal());
        }

        @Test
        @DisplayName("a coordinator sees who is there, and changes nothing")
        void coordinator() {
            Browser coordinator = world.invited(world.first(), "Co", "coordinator");
            assertEquals(200, coordinator.get("/api/people").status());
            assertEquals("403 not-allowed", coordinator.get("/api/invitations").refusal());
            assertEquals("403 not-allowed", coordinator.post("/api/invitations", invitation(id(1), "Bo", "expert")).refusal());
        }

        @Test
        @DisplayName("the trail says who invited, registered and suspended; it holds no name")
        void audited() {
            Browser me = world.first();
            Browser expert = world.invited(me, "Bo", "expert");
            me.post("/api/people/suspend", new JsonObject().put("id", expert.me().getString("id")));
            List<String> deeds = StaffWorld.await(world.audit.trail().after(0, 10)).stream().map(line -> ((nl.naast.audit.AuditEvent.Deed) line.event()).deed()).toList();
            assertEquals(List.of("registered", "invited", "registered", "suspended"), deeds);
        }
    }
}
