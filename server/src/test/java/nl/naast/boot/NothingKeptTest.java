package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.naast.house.Expert;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.support.Browser;
import nl.naast.support.Logs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Everybody here comes from an address of her own (all of 127.0.0.0/8 is loopback on Linux), so that it can be told from the server's. */
@DisplayName("No address, no user agent and nothing of what was sent is kept or logged")
class NothingKeptTest {
    private static final String ADDRESS = "127.83.17.5";
    private static final String FORWARDED = "203.0.113.77";
    private static final String AGENT = "AgentMarker-5e1d";
    private static final String MARKER = "Marker-9c4a7e";
    private static final List<String> WORDS = List.of(ADDRESS, FORWARDED, AGENT, MARKER);

    private Logs logs;
    private Booted house;
    private HttpClient http;
    private WebSocketClient sockets;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        assumeTrue(canBind(), "NOT RUN: this machine has no other loopback address");
        logs = Logs.open();
        house = new Booted(directory, Map.of("time.poll.hold", "1s"));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).localAddress(InetAddress.ofLiteral(ADDRESS)).build();
        sockets = house.vertx.createWebSocketClient(new WebSocketClientOptions().setLocalAddress(ADDRESS));
    }

    private static boolean canBind() {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), 0));
            return true;
        } catch (IOException no) {
            System.out.println("NOT RUN: no address kept or logged: this machine has no other loopback address");
            return false;
        }
    }

    @AfterEach
    void stop() {
        if (house != null) {
            http.close();
            house.close();
            logs.close();
        }
    }

    // seen failing: with the remote address put into FailureHandler's line; with LiveRoutes logging what it could not read
    @Test
    @DisplayName("after talking, and after all kinds of bad input, neither the log nor any file of the store has it")
    void nothing() throws Exception {
        talk();
        badRequests();
        badFrames();
        garbage();
        assertEquals(List.of(), logs.found(WORDS), logs.text());
        assertFalse(logs.lines().isEmpty());
        assertEquals(List.of(), logs.lines().stream().map(Logs::strange).filter(fault -> !fault.isEmpty()).toList());
        assertEquals(List.of(), kept(house.data));
    }

    /** What is searched for would be found. */
    @Test
    @DisplayName("a planted word is found, in the log and in a file")
    void canFail() throws Exception {
        LoggerFactory.getLogger("nl.naast.live").debug("from {}", ADDRESS);
        assertEquals(List.of(ADDRESS), logs.found(WORDS));
        Files.write(house.data.resolve("planted"), InetAddress.ofLiteral(ADDRESS).getAddress());
        assertEquals(List.of("planted"), kept(house.data));
    }

    /** @return the files in which one of the words stands, or the address as four bytes */
    private static List<String> kept(Path data) throws IOException {
        List<String> words = new ArrayList<>(WORDS);
        words.add(new String(InetAddress.ofLiteral(ADDRESS).getAddress(), StandardCharsets.ISO_8859_1));
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                words.stream().filter(content::contains).forEach(word -> found.add(file.getFileName().toString()));
            }
        }
        return found;
    }

    private void talk() throws Exception {
        Browser first = new Browser(http, house::staffPort, house.staffOrigin());
        first.headers.putAll(Map.of("User-Agent", AGENT, "X-Forwarded-For", FORWARDED));
        first.registered(Booted.await(house.helpline.firstInvitation()).orElseThrow());
        Booted.registerStatement(first);
        Expert expert = house.desk(sockets, first);
        Visitor visitor = Visitor.at(house, sockets);
        visitor.join("nl");
        assertEquals("claimed", expert.claim(1).getString("t"));
        visitor.peer.hear("view", "claimed");
        visitor.add();
        expert.ack(visitor.conversation, 1);
        assertEquals("stored", visitor.message().getString("t"));
        assertEquals("stored", expert.message(visitor).getString("t"));
        assertEquals(200, send("/poll", "{\"t\":\"poll\",\"v\":1,\"rev\":0,\"after\":0}", house.visitorPort(), visitor.capability));
        assertEquals(200, send("/frames", Peer.frame("leave").put("n", 1).put("conversation", visitor.conversation).put("quick", true).encode(), house.visitorPort(), visitor.capability));
    }

    private int send(String path, String body, int port, String capability) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).POST(HttpRequest.BodyPublishers.ofString(body))
            .headers("User-Agent", AGENT, "X-Forwarded-For", FORWARDED, "Forwarded", "for=" + FORWARDED, "Naast-Version", "1", "X-Naast", "1", "Content-Type", "application/json")
            .headers("Authorization", "Bearer " + capability, "Cookie", "__Host-naast=" + MARKER, "Referer", "http://x/" + MARKER).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** Every mounted POST of both origins, with what is no JSON, no frame, and too much. */
    private void badRequests() throws Exception {
        List<String> bodies = List.of(MARKER, "{\"t\":\"" + MARKER + "\"}", "{\"invitation\":\"" + MARKER + "\"}", "{\"challengeId\":\"" + MARKER + "\",\"credential\":{\"" + MARKER + "\":1}}", "{\"" + MARKER, MARKER.repeat(6000));
        for (var origin : house.helpline.mounted().entrySet()) {
            int port = origin.getKey().equals("visitor") ? house.visitorPort() : house.staffPort();
            for (String path : origin.getValue().getRoutes().stream().map(io.vertx.ext.web.Route::getPath).filter(path -> path != null).distinct().toList()) {
                for (String body : bodies) {
                    assertTrue(send(path.replace(":name", MARKER) + "?" + MARKER, body, port, Peer.bytes(MlsBytes.random(32))) >= 400, path);
                }
            }
        }
    }

    private void badFrames() throws Exception {
        for (String text : List.of(MARKER, "{\"t\":\"" + MARKER + "\"}", "{\"t\":\"hello\",\"v\":1,\"capability\":\"" + MARKER + "\"}", MARKER.repeat(3000), MARKER.repeat(20_000))) {
            WebSocketConnectOptions options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(house.visitorPort()).setURI("/live?" + MARKER).addHeader("Origin", house.visitorOrigin()).addHeader("User-Agent", AGENT);
            Peer peer = Peer.connect(sockets, options);
            for (int i = 0; i < 5; i++) {
                peer.say(text);
            }
            peer.closeCode();
        }
    }

    /** What is not even HTTP, or breaks off. */
    private void garbage() throws IOException {
        for (String bytes : List.of(MARKER + "\r\n\r\n", "GET /" + MARKER + "\u0000 HTTP/1.1\r\n\r\n", "POST /frames HTTP/1.1\r\nHost: x\r\nContent-Length: " + MARKER + "\r\n\r\n", "GET / HTTP/1.1\r\n" + MARKER + "\r\n\r\n",
            "GET /" + MARKER.repeat(3000) + " HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nX: " + MARKER.repeat(3000) + "\r\n\r\n", "POST /frames HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n" + MARKER)) {
            for (int port : List.of(house.visitorPort(), house.staffPort())) {
                try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(ADDRESS), 0)) {
                    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
                    socket.shutdownOutput();
                    socket.setSoTimeout(5000);
                    assertFalse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains(MARKER));
                } catch (java.net.SocketException reset) {
                    // The server hung up first.
                }
            }
        }
    }
}
