package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import nl.naast.house.Peer;
import nl.naast.support.Browser;
import nl.naast.support.Whole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expired sessions have their twin in {@code StaffLookAlikeTest}, where the clock can be moved. */
@DisplayName("No session, a forged, cut, locked, ended or suspended one look alike, wherever a session is needed")
class SessionLookAlikeTest {
    private Booted house;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        house = new Booted(directory, Map.of());
        Browser administrator = house.first();
        Browser locked = administrator.invited("A", "expert");
        Browser ended = administrator.invited("B", "expert");
        Browser suspended = administrator.invited("C", "expert");
        cookies.put("none", "other=1");
        cookies.put("forged", "__Host-naast=" + "A".repeat(43));
        cookies.put("cut", administrator.cookie.substring(0, administrator.cookie.length() - 1));
        cookies.put("padded", administrator.cookie + "=");
        cookies.put("locked", locked.cookie);
        cookies.put("ended", ended.cookie);
        cookies.put("suspended", suspended.cookie);
        JsonObject who = new JsonObject().put("id", suspended.me().getString("id"));
        lockedByANewerDesk(locked);
        ended.post("/api/sign-out", new JsonObject());
        administrator.post("/api/people/suspend", who);
    }

    private void lockedByANewerDesk(Browser browser) throws Exception {
        WebSocketClient client = house.vertx.createWebSocketClient();
        house.desk(client, browser);
        Browser newer = browser.another();
        newer.signIn(browser.passkey);
        house.desk(client, newer);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Whole post(String path, String body, String cookie) {
        return Whole.post(house.staffOrigin() + path, body, "Cookie", cookie, "Content-Type", "application/json", "X-Naast", "1", "Naast-Version", "1");
    }

    // seen failing: with SignIn.unlocked letting a locked session through (a suspended one is stopped twice: its session is deleted, and its person is not active)
    @Test
    @DisplayName("over HTTP: the same status, headers and body")
    void http() {
        Whole one = Whole.get(house.staffOrigin() + "/api/people");
        assertEquals("401 {\"t\":\"refused\",\"n\":0,\"code\":\"not-signed-in\"}", one.status() + " " + one.body());
        cookies.forEach((name, cookie) -> {
            assertEquals(one, Whole.get(house.staffOrigin() + "/api/people", "Cookie", cookie), name);
            assertEquals(one, post("/api/statement", "{\"unsigned\":\"\"}", cookie), name);
            assertEquals(one, post("/frames", "{\"t\":\"ping\",\"n\":1}", cookie), name);
            assertEquals(one, post("/poll", "{\"t\":\"poll\",\"v\":1,\"rev\":0,\"after\":{}}", cookie), name);
        });
    }

    @Test
    @DisplayName("a socket is not opened, with the same answer")
    void socket() throws Exception {
        var client = house.vertx.createWebSocketClient();
        for (var each : cookies.entrySet()) {
            WebSocketConnectOptions options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(house.staffPort()).setURI("/live").addHeader("Origin", house.staffOrigin()).addHeader("Cookie", each.getValue());
            try (Peer peer = Peer.connect(client, options)) {
                throw new AssertionError("opened for " + each.getKey());
            } catch (ExecutionException refused) {
                UpgradeRejectedException why = (UpgradeRejectedException) refused.getCause();
                assertEquals("401 {\"t\":\"refused\",\"n\":0,\"code\":\"not-signed-in\"}", why.getStatus() + " " + why.getBody(), each.getKey());
            }
        }
    }
}
