package nl.naast.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Sql;
import nl.naast.support.Answer;
import nl.naast.support.Browser;
import nl.naast.support.StaffWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The vault over HTTP (docs/protocol.md §11)")
class VaultRoutesTest {
    @TempDir
    Path directory;
    private StaffWorld world;
    private Browser me;
    private Browser other;

    @BeforeEach
    void start() throws IOException {
        world = new StaffWorld(directory);
        me = world.first();
        other = world.invited(me, "Bo", "coordinator");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String id() {
        return Base64Url.encode(MlsBytes.random(16));
    }

    private static JsonObject put(String item, long seen, byte[] body, byte[]... lines) {
        JsonArray array = new JsonArray();
        List.of(lines).forEach(line -> array.add(new JsonObject().put("line", id()).put("body", Base64Url.encode(line))));
        return new JsonObject().put("item", item).put("seen", seen).put("write", id()).put("body", Base64Url.encode(body)).put("lines", array);
    }

    private static Set<String> items(Browser who) {
        return who.get("/api/vault").body().getJsonArray("items").stream().map(JsonObject.class::cast).map(each -> each.getString("item") + " " + each.getLong("version")).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("what one browser of mine writes another one reads, also after a restart; nobody else sees or changes it")
    void mine() throws IOException {
        String claim = id();
        byte[] body = MlsBytes.random(100);
        assertEquals("{\"version\":1}", me.post("/api/vault/put", put("keyring", 0, body)).text());
        assertEquals("{\"version\":1}", me.post("/api/vault/put", put(claim, 0, body, new byte[] {1}, new byte[] {2})).text());
        JsonObject second = put(claim, 1, body, new byte[] {3});
        assertEquals("{\"version\":2}", me.post("/api/vault/put", second).text());
        assertEquals("{\"version\":2}", me.post("/api/vault/put", second).text());
        assertEquals("409 not-now", me.post("/api/vault/put", put(claim, 1, body)).refusal());
        world.restart();
        Browser elsewhere = world.browser();
        elsewhere.signIn(me.passkey);
        assertEquals(Set.of("keyring 1", claim + " 2"), items(elsewhere));
        JsonObject after = new JsonObject().put("item", claim).put("after", 1);
        assertEquals("{\"lines\":[{\"number\":2,\"body\":\"Ag\"},{\"number\":3,\"body\":\"Aw\"}],\"more\":false}", elsewhere.post("/api/vault/lines", after).text());
        assertEquals(Set.of(), items(other));
        assertEquals("404 unknown", other.post("/api/vault/lines", after).refusal());
        assertEquals("{}", other.post("/api/vault/drop", new JsonObject().put("item", claim)).text());
        assertEquals(Set.of("keyring 1", claim + " 2"), items(me));
        assertEquals("{}", me.post("/api/vault/drop", new JsonObject().put("item", claim)).text());
        assertEquals("{}", me.post("/api/vault/drop", new JsonObject().put("item", claim)).text());
        assertEquals(Set.of("keyring 1"), items(elsewhere));
    }

    @Test
    @DisplayName("what I have for good is not dropped; bad names and numbers are malformed; one that is not there, foreign or expired is unknown")
    void refused() {
        for (String name : List.of("keyring", "keys", "notes")) {
            me.post("/api/vault/put", put(name, 0, new byte[1]));
            assertEquals("403 not-allowed", me.post("/api/vault/drop", new JsonObject().put("item", name)).refusal(), name);
        }
        for (Object name : List.of(7, "key", "A".repeat(23))) {
            assertEquals("400 malformed", me.post("/api/vault/drop", new JsonObject().put("item", name)).refusal());
            assertEquals("400 malformed", me.post("/api/vault/lines", new JsonObject().put("item", name).put("after", 0)).refusal());
        }
        assertEquals("400 malformed", me.post("/api/vault/lines", new JsonObject().put("item", "keys").put("after", -1)).refusal());
        String claim = id();
        me.post("/api/vault/put", put(claim, 0, new byte[1], new byte[1]));
        world.clock.move(Duration.ofHours(24));
        me.signIn();
        assertEquals("404 unknown", me.post("/api/vault/lines", new JsonObject().put("item", claim).put("after", 0)).refusal());
        assertEquals(Set.of("keyring 1", "keys 1", "notes 1"), items(me));
    }

    // seen failing: with the usual limit of a body on the route; with the body read before the session is asked
    @Test
    @DisplayName("the largest put there is goes through: a full body and a hundred full lines; nobody without a session has so much read")
    void largest() {
        VaultRules rules = VaultRules.standard();
        byte[][] lines = IntStream.range(0, rules.lines()).mapToObj(i -> MlsBytes.random(rules.lineBytes())).toArray(byte[][]::new);
        String largest = put(id(), (1L << 53) - 2, MlsBytes.random(rules.bodyBytes()), lines).encode();
        assertTrue(largest.length() <= rules.putBytes(), largest.length() + " of " + rules.putBytes());
        Answer stored = me.post("/api/vault/put", largest.replace("\"seen\":9007199254740990", "\"seen\":0"));
        assertEquals("{\"version\":1}", stored.text());
        assertEquals("409 not-now", me.post("/api/vault/put", largest).refusal());
        String above = largest.replaceFirst("\\{", "{" + " ".repeat(rules.putBytes() + 1 - largest.length()));
        assertEquals(413, me.post("/api/vault/put", above).status());
        assertEquals("401 not-signed-in", world.browser().post("/api/vault/put", above).refusal(), "before it is read");
        assertEquals(200, me.get("/api/vault").status());
    }

    // seen failing: with VaultModule.stopped doing nothing
    @Test
    @DisplayName("suspended: everything of hers is destroyed at once, and nothing of anybody else")
    void suspended() {
        other.post("/api/vault/put", put("keyring", 0, new byte[1]));
        other.post("/api/vault/put", put(id(), 0, new byte[1], new byte[1]));
        me.post("/api/vault/put", put("keyring", 0, new byte[1]));
        assertEquals(200, me.post("/api/people/suspend", new JsonObject().put("id", other.me().getString("id"))).status());
        assertEquals(List.of(1, 0), StaffWorld.await(world.store.read(connection -> List.of(count(connection, "vault_item"), count(connection, "vault_line")))));
        assertEquals(Set.of("keyring 1"), items(me));
    }

    private static int count(java.sql.Connection connection, String table) throws java.sql.SQLException {
        return Sql.one(connection, row -> row.getInt(1), "SELECT COUNT(*) FROM " + table).orElseThrow();
    }
}
