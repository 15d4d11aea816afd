package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.nio.file.Path;
import java.util.Map;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.Visitor;
import nl.naast.support.Browser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A second page of one expert, on the whole server")
class SecondPageTest {
    @TempDir
    Path directory;

    // seen failing: without onOvertaken in Helpline: the desk talked on under a statement that no roster listed any more
    @Test
    @DisplayName("it registers its keys and never gets its lease: the first desk is told and wipes, its visitor is told and waits first in line")
    void onlyRegisters() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Booted house = new Booted(directory, Map.of())) {
            WebSocketClient client = vertx.createWebSocketClient();
            Browser browser = house.first();
            Booted.registerStatement(browser);
            Expert desk = house.desk(client, browser);
            Visitor visitor = Visitor.at(house, client);
            visitor.join("nl");
            desk.claim(1);
            visitor.peer.hear("view", "claimed");
            visitor.add();
            desk.ack(visitor.conversation, 1);
            visitor.peer.hear("view", "talking");
            Booted.registerStatement(browser);
            desk.peer.hear("lease-lost");
            assertEquals(false, browser.me().getBoolean("locked"));
            assertEquals("released", visitor.peer.hear(view -> "released".equals(view.getString("again"))).getString("again"));
        } finally {
            House.await(vertx.close());
        }
    }

    // seen failing: with TakeOver giving back whoever talks
    @Test
    @DisplayName("it has the same keys and takes the lease: the first desk wipes, and its visitor goes on at the second, which reads what was said meanwhile")
    void goesOn() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Booted house = new Booted(directory, Map.of())) {
            WebSocketClient client = vertx.createWebSocketClient();
            Browser browser = house.first();
            Booted.registerStatement(browser);
            Expert first = house.desk(client, browser);
            Visitor visitor = Visitor.at(house, client);
            visitor.join("nl");
            first.claim(1);
            visitor.peer.hear("view", "claimed");
            visitor.add();
            first.ack(visitor.conversation, 1);
            visitor.peer.hear("view", "talking");
            visitor.message();
            Expert second = house.desk(client, browser);
            first.peer.hear("lease-lost");
            assertEquals(2, second.fetch(visitor.conversation, 1).getJsonArray("items").getJsonObject(0).getLong("seq"));
            assertEquals("stored", second.message(visitor).getString("t"));
            assertEquals(3, visitor.peer.hear("envelope").getLong("seq"));
        } finally {
            House.await(vertx.close());
        }
    }

    // seen failing: with lock of SignIn doing nothing, and with lockOther of DeskModule doing nothing
    @Test
    @DisplayName("in a session of its own, at another computer: the first desk's session is locked, and opens nothing but a sign-in and a sign-out")
    void anotherComputer() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Booted house = new Booted(directory, Map.of())) {
            WebSocketClient client = vertx.createWebSocketClient();
            Browser browser = house.first();
            Booted.registerStatement(browser);
            Expert desk = house.desk(client, browser);
            String older = browser.cookie;
            browser.cookie = null;
            assertEquals(200, browser.signIn().status());
            Booted.registerStatement(browser);
            desk.peer.hear("lease-lost");
            assertEquals(4001, desk.peer.closeCode());
            assertEquals("false 200", browser.me().getBoolean("locked") + " " + browser.get("/api/guide").status());
            browser.cookie = older;
            assertEquals("true 401", browser.me().getBoolean("locked") + " " + browser.get("/api/guide").status());
            assertEquals(200, browser.signIn().status());
            assertEquals(false, browser.me().getBoolean("locked"));
        } finally {
            House.await(vertx.close());
        }
    }
}
