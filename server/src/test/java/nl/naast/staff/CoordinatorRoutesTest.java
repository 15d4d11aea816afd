package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.access.StaffStopped.Why;
import nl.naast.audit.AuditEvent;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Sql;
import nl.naast.support.Browser;
import nl.naast.support.StaffWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What coordinators do about people, over HTTP (docs/protocol.md §11)")
class CoordinatorRoutesTest {
    @TempDir
    Path directory;
    private StaffWorld world;
    private Browser administrator;
    private Browser expert;
    private Browser one;
    private Browser two;

    @BeforeEach
    void start() throws IOException {
        world = new StaffWorld(directory);
        administrator = world.first();
        expert = world.invited(administrator, "Bo", "expert");
        one = world.invited(administrator, "Co", "coordinator");
        two = world.invited(administrator, "Di", "coordinator");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static JsonObject id(Browser who) {
        return new JsonObject().put("id", who.me().getString("id"));
    }

    private String shown(String alias) {
        return administrator.get("/api/people").body().getJsonArray("people").stream().map(JsonObject.class::cast).filter(each -> each.getString("alias").equals(alias)).map(each -> each.getString("state") + " " + each.getString("reset")).sorted().toList().toString();
    }

    // seen failing: with suspend.stop left out (her session went on), and with the vault not told
    @Test
    @DisplayName("everything lost: two coordinators, and she is out everywhere, her vault is gone, and a link lets her begin anew as she was called; the second may have another link")
    void reset() {
        JsonObject her = id(expert);
        expert.post("/api/vault/put", new JsonObject().put("item", "keyring").put("seen", 0).put("write", Base64Url.encode(MlsBytes.random(16))).put("body", "AAAA").put("lines", List.of()));
        assertEquals("{\"state\":\"asked\"}", one.post("/api/people/reset", her).text());
        assertEquals("{\"state\":\"asked\"}", one.post("/api/people/reset", her).text());
        assertEquals("[active asked]", shown("Bo"));
        assertEquals("[active null]", shown("Co"));
        assertEquals(200, expert.get("/api/guide").status(), "nothing has happened yet");
        JsonObject done = two.post("/api/people/reset", her).body();
        assertEquals("done", done.getString("state"));
        assertEquals(world.clock.now().plus(Duration.ofHours(72)).toEpochMilli(), done.getLong("expiresAt"), 60_000.0);
        assertEquals("401 not-signed-in", expert.get("/api/guide").refusal());
        assertEquals("401 not-signed-in", expert.signIn().refusal());
        assertEquals(new StaffWorld.Stop(new StaffId(new Id16(her.getString("id"))), Optional.empty(), Why.SUSPENDED), world.stops.getLast());
        assertEquals(0, vaultRows());
        assertEquals("[suspended null]", shown("Bo"));
        String newer = two.post("/api/people/reset", her).body().getString("link");
        assertTrue(newer.startsWith(StaffWorld.ORIGIN + "/desk#invitation="), newer);
        assertEquals("404 unknown", world.browser().register(done.getString("link").split("=", 2)[1]).refusal(), "the older link is void");
        JsonObject anew = world.browser().registered(newer).me();
        assertEquals(List.of("Bo", "[\"expert\"]", "[\"nl\"]"), List.of(anew.getString("alias"), anew.getJsonArray("roles").encode(), anew.getJsonArray("languages").encode()));
        assertTrue(!anew.getString("id").equals(her.getString("id")));
        assertEquals("409 not-now", two.post("/api/people/reset", her).refusal(), "it was used");
        assertEquals("409 not-now", one.post("/api/people/reset", her).refusal());
        assertEquals("[active null, suspended null]", shown("Bo"));
    }

    private int vaultRows() {
        return StaffWorld.await(world.store.read(connection -> Sql.one(connection, row -> row.getInt(1), "SELECT COUNT(*) FROM vault_item"))).orElseThrow();
    }

    @Test
    @DisplayName("nobody alone, nobody for herself, no other role; a day later it was never asked; the trail says who")
    void refused() {
        assertEquals("403 not-allowed", one.post("/api/people/reset", id(one)).refusal());
        for (Browser other : List.of(expert, administrator)) {
            assertEquals("403 not-allowed", other.post("/api/people/reset", id(one)).refusal());
        }
        assertEquals("404 unknown", one.post("/api/people/reset", new JsonObject().put("id", "A".repeat(22))).refusal());
        assertEquals("400 malformed", one.post("/api/people/reset", new JsonObject().put("id", 7)).refusal());
        one.post("/api/people/reset", id(expert));
        world.clock.move(Duration.ofHours(24));
        List.of(administrator, expert, two).forEach(Browser::signIn);
        assertEquals("[active null]", shown("Bo"));
        assertEquals("{\"state\":\"asked\"}", two.post("/api/people/reset", id(expert)).text());
        List<AuditEvent.Deed> deeds = StaffWorld.await(world.audit.trail().after(0, 20)).stream().map(line -> (AuditEvent.Deed) line.event()).filter(deed -> deed.deed().contains("reset")).toList();
        assertEquals(List.of(id(expert), id(expert)), deeds.stream().map(deed -> new JsonObject().put("id", deed.about().orElseThrow().text())).toList());
        assertEquals(id(two), new JsonObject().put("id", deeds.getLast().who().orElseThrow().text()));
    }

    private boolean onDuty() {
        return expert.get("/api/duty").body().getBoolean("onDuty");
    }

    private static JsonObject available(boolean yes) {
        return new JsonObject().put("available", yes);
    }

    // seen failing: with Person::active left out (a suspension that was cut off left her on duty)
    @Test
    @DisplayName("on duty is when some coordinator, signed in and not locked, says so; it ends when she says so, locks, signs out, is suspended, or her session runs out")
    void duty() {
        assertEquals(false, onDuty());
        assertEquals("{}", one.post("/api/duty", available(true)).text());
        assertEquals(true, onDuty());
        assertEquals("{}", two.post("/api/duty", available(false)).text());
        assertEquals(true, onDuty());
        // seen failing: with the answer of onDuty in place of the session
        assertEquals(List.of(true, false, false), Stream.of(one, two, expert).map(who -> who.get("/api/duty").body().getBoolean("available")).toList());
        assertEquals("{}", one.post("/api/duty", available(false)).text());
        assertEquals(false, onDuty());
        one.post("/api/duty", available(true));
        world.lock(one);
        assertEquals(false, onDuty());
        one.signIn();
        assertEquals(false, onDuty(), "a new session begins without");
        one.post("/api/duty", available(true));
        one.post("/api/sign-out", new JsonObject());
        assertEquals(false, onDuty());
        two.post("/api/duty", available(true));
        assertEquals(true, onDuty());
        byte[] cut = new Id16(id(two).getString("id")).bytes();
        StaffWorld.await(world.store.write(connection -> Sql.update(connection, "UPDATE staff_person SET state = 'suspended' WHERE id = ?", (Object) cut)));
        assertEquals(false, onDuty(), "her session lies there still");
        one.signIn();
        one.post("/api/duty", available(true));
        world.clock.move(Duration.ofHours(13));
        expert.signIn();
        assertEquals(false, onDuty());
        assertEquals("403 not-allowed", expert.post("/api/duty", available(true)).refusal());
        one.signIn();
        assertEquals("400 malformed", one.post("/api/duty", new JsonObject().put("available", "yes")).refusal());
    }
}
