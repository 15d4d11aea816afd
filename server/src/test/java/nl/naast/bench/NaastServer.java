package nl.naast.bench;

import io.vertx.core.http.WebSocketConnectOptions;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nl.naast.trial.TrialKeys;
import nl.naast.trial.TrialSigner;

/** The real server as {@code ./naast run} starts it, its store on this machine's disk, the trial signer in this process. Limits of §10 that a bench would meet are raised by settings; nothing else is other than shipped. */
final class NaastServer implements Under {
    static final Map<String, String> RAISED = Map.of("limit.rate", "1000", "limit.burst", "10000", "limit.waiting", "20000", "limit.conversations", "20000", "limit.joins", "10000", "limit.sockets", "20000");

    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private final Path directory;
    private final int visitorPort;
    private final int staffPort;
    private final TrialSigner signer;
    private Program program;
    private List<Talk> talks = List.of();

    NaastServer(Place place) throws Exception {
        this(place, Map.of());
    }

    /** @param other settings that are to be other than shipped besides */
    NaastServer(Place place, Map<String, String> other) throws Exception {
        directory = place.directory("naast");
        visitorPort = Place.freePort();
        staffPort = Place.freePort();
        TrialKeys.ensure(directory.resolve("trial"), InstantSource.system().instant());
        signer = TrialSigner.start(directory.resolve("trial"), InetAddress.ofLiteral("127.0.0.1"), InstantSource.system());
        RAISED.forEach(this::set);
        other.forEach(this::set);
        set("trial.signer.url.file", Files.writeString(directory.resolve("signer.url"), signer.url() + "\n").toString());
        command = Program.command(place.java(), List.of("-jar", "server/target/naast-server.jar", "--port", Integer.toString(visitorPort), "--staff-port", Integer.toString(staffPort),
            "--ops-port", Integer.toString(Place.freePort()), "--data", data().toString()));
    }

    private void set(String key, String value) {
        environment.put("NAAST_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value);
    }

    /** On the same data as before. Does not wait. */
    NaastServer launch() throws Exception {
        program = new Program(command, environment, directory.resolve("said.txt"));
        return this;
    }

    /** Returns when it takes people in. */
    NaastServer start() throws Exception {
        launch().program().line("Desk: ");
        return this;
    }

    /** The first person's, on an empty store. */
    String invitation() throws Exception {
        return program.line("Invitation: ");
    }

    NaastServer talking(Load load, int count) throws Exception {
        talks = new Talks(this, load).begin(count);
        return this;
    }

    Path data() {
        return directory.resolve("data");
    }

    int staffPort() {
        return staffPort;
    }

    String staffOrigin() {
        return "http://localhost:" + staffPort;
    }

    WebSocketConnectOptions visitor() {
        return Wire.at(visitorPort, "/live").addHeader("Origin", "http://localhost:" + visitorPort);
    }

    WebSocketConnectOptions desk(String cookie) {
        return Wire.at(staffPort, "/live").addHeader("Origin", staffOrigin()).addHeader("Cookie", cookie);
    }

    @Override
    public String name() {
        return "naast";
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public List<Pair> pairs() {
        return talks.stream().map(Talk::pair).toList();
    }

    @Override
    public void carry(int bytes) {
        talks.forEach(talk -> talk.carry(bytes));
    }

    @Override
    public void close() {
        pairs().forEach(Pair::end);
        program.close();
        signer.close();
    }
}
