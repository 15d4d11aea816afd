package nl.naast.boot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.canon.Statement;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.Origins;
import nl.naast.house.Peer;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.support.Browser;
import nl.naast.support.MongoForTests;
import nl.naast.support.MongoRows;
import nl.naast.support.Rows;
import nl.naast.support.Ports;
import nl.naast.trial.TrialKeys;
import nl.naast.trial.TrialSigner;

/** The whole server as {@code Main} starts it: settings as shipped but for free ports and a directory of its own, pages of one line, the trial signer beside it. On MongoDB with {@code -Dnaast.house=mongo}. */
final class Booted implements Origins, AutoCloseable {
    private static final long WEEK = 7 * 86_400;

    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final Vertx vertx = Vertx.vertx();
    final Path data;
    final Helpline helpline;
    private final Map<String, String> arguments;
    private final TrialSigner signer;
    /** On MongoDB only. */
    private final Optional<MongoRows> documents;

    /** @param settings what is to be other than shipped */
    Booted(Path directory, Map<String, String> settings) throws Exception {
        this(directory, settings, Clock.system());
    }

    /** @param clock of the server; the signer has its own */
    Booted(Path directory, Map<String, String> settings, Clock clock) throws Exception {
        arguments = arguments(directory);
        if ("mongo".equals(System.getProperty("naast.house"))) {
            arguments.put("mongo.uri", MongoForTests.freshDatabase());
        }
        documents = Optional.ofNullable(arguments.get("mongo.uri")).map(MongoRows::new);
        arguments.putAll(settings);
        data = Path.of(arguments.get("data.directory"));
        TrialKeys.ensure(directory.resolve("trial"), InstantSource.system().instant());
        signer = TrialSigner.start(directory.resolve("trial"), InetAddress.ofLiteral("127.0.0.1"), InstantSource.system());
        arguments.put("trial.signer.url.file", Files.writeString(directory.resolve("signer.url"), signer.url() + "\n").toString());
        helpline = await(Helpline.start(Vertx.vertx(), Settings.read(Path.of("../config/naast.properties"), Map.of(), arguments), clock));
    }

    /** Settings for a server of its own: pages, an empty data directory, free ports. */
    static Map<String, String> arguments(Path directory) throws IOException {
        Path assets = Files.createDirectories(directory.resolve("pages/a"));
        Files.writeString(directory.resolve("pages/visitor.html"), "<!doctype html><script src=/a/visitor-1.js></script>");
        Files.writeString(directory.resolve("pages/desk.html"), "<!doctype html><script src=/a/desk-1.js></script>");
        Files.writeString(directory.resolve("pages/console.html"), "<!doctype html><script src=/a/console-1.js></script>");
        Files.writeString(assets.resolve("console-1.js"), "import './shared-1.js'");
        Files.writeString(assets.resolve("visitor-1.js"), "import './shared-1.js'");
        Files.writeString(assets.resolve("visitor-1.js.br"), "compressed");
        Files.writeString(assets.resolve("desk-1.js"), "import './shared-1.js'");
        Files.writeString(assets.resolve("shared-1.js"), "0");
        Files.writeString(directory.resolve("secret.txt"), "no");
        Map<String, String> arguments = new HashMap<>(Map.of("data.directory", directory.resolve("data").toString(), "pages.directory", directory.resolve("pages").toString(), "guide.file", "../config/guide.json"));
        for (String port : List.of("visitor.port", "staff.port", "ops.port")) {
            arguments.put(port, Integer.toString(Ports.free()));
        }
        return arguments;
    }

    /** All that people do, as it lies in the store: two readings are equal when nothing was written between them. */
    List<String> rows() {
        return documents.map(MongoRows::read).orElseGet(() -> Rows.of(data));
    }

    private int port(String key) {
        return Integer.parseInt(arguments.get(key));
    }

    @Override
    public int visitorPort() {
        return port("visitor.port");
    }

    @Override
    public int staffPort() {
        return port("staff.port");
    }

    int opsPort() {
        return port("ops.port");
    }

    @Override
    public String visitorOrigin() {
        return "http://localhost:" + visitorPort();
    }

    @Override
    public String staffOrigin() {
        return "http://localhost:" + staffPort();
    }

    /** The first person, administrator and expert, signed in. */
    Browser first() {
        return new Browser(http, this::staffPort, staffOrigin()).registered(await(helpline.firstInvitation()).orElseThrow());
    }

    /** Her desk, with its lease. */
    Expert desk(WebSocketClient client, Browser browser) throws Exception {
        StaffId id = new StaffId(new Id16(browser.me().getString("id")));
        return Expert.at(this, client, new House.SignedIn(id, browser.cookie.split("=", 2)[1]), Peer.id());
    }

    /** Her desk's statement is signed and believed from now on. */
    static void registerStatement(Browser expert) {
        long now = InstantSource.system().instant().getEpochSecond();
        registerStatement(expert, expert.statement(now, now + WEEK));
    }

    static void registerStatement(Browser expert, Statement statement) {
        byte[] unsigned = statement.encode();
        var answer = expert.post("/api/statement", new io.vertx.core.json.JsonObject().put("unsigned", Base64Url.encode(unsigned)));
        if (answer.status() != 200) {
            throw new AssertionError("no statement: " + answer);
        }
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(helpline.stop());
        documents.ifPresent(MongoRows::close);
        signer.close();
        http.close();
        await(vertx.close());
    }
}
