package nl.naast.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nl.naast.Main;
import nl.naast.house.Origins;
import nl.naast.trial.TrialKeys;
import nl.naast.trial.TrialSigner;

/** The server as a process of its own, as {@code ./naast run} starts it, with the trial signer in this one. It can be stopped, killed and started again on the same data. */
final class ServerProcess implements Origins, AutoCloseable {
    private final Map<String, String> settings;
    private final TrialSigner signer;
    private final Path said;
    private Process process;

    /** @param other settings that are to be other than shipped */
    ServerProcess(Path directory, Map<String, String> other) throws Exception {
        this(directory, other, signer(directory));
        start();
    }

    /** Not started yet. @param other may name another signer's address, or none. @param signer its own from now on */
    ServerProcess(Path directory, Map<String, String> other, TrialSigner signer) throws Exception {
        this.said = directory.resolve("said.txt");
        this.settings = Booted.arguments(directory);
        this.signer = signer;
        settings.putAll(other);
        settings.putIfAbsent("trial.signer.url.file", Files.writeString(directory.resolve("signer.url"), signer.url() + "\n").toString());
    }

    /** With keys made there. */
    static TrialSigner signer(Path directory) throws Exception {
        TrialKeys.ensure(directory.resolve("trial"), InstantSource.system().instant());
        return TrialSigner.start(directory.resolve("trial"), InetAddress.ofLiteral("127.0.0.1"), InstantSource.system());
    }

    /** Returns when it takes people in. */
    void start() throws Exception {
        launch();
        ready();
    }

    /** Begins to start. */
    void launch() throws Exception {
        Files.deleteIfExists(said);
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-Xmx256m",
            // Short lives: what the second compiler would gain is never seen, and it takes the tests' own time.
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Main.class.getName(), "--config", "../config/naast.properties");
        // The tests' own (MongoServer), not this process's.
        List.of("mongo.uri", "cluster.address", "cluster.members").forEach(key -> builder.environment().put(RawSettings.variable(key), ""));
        settings.forEach((key, value) -> builder.environment().put(RawSettings.variable(key), value));
        process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    }

    /** Waits until it takes people in. */
    void ready() throws Exception {
        for (int i = 0; i < 1200 && process.isAlive() && !said().contains("Desk: "); i++) {
            Thread.sleep(50);
        }
        if (!said().contains("Desk: ")) {
            throw new IllegalStateException("the server did not start: " + said());
        }
    }

    /** Everything it has written: its printed lines and its log. */
    String said() throws IOException {
        return Files.exists(said) ? Files.readString(said) : "";
    }

    String invitation() throws Exception {
        for (int i = 0; i < 200 && !said().contains("Invitation: "); i++) {
            Thread.sleep(20);
        }
        return said().lines().filter(line -> line.startsWith("Invitation: ")).findFirst().orElseThrow().substring("Invitation: ".length());
    }

    /** As Ctrl-C and an operator's stop do. @return the exit code */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("still there 30 s after SIGTERM");
        }
        return process.exitValue();
    }

    /** SIGKILL: nothing of the program runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    Path dataDirectory() {
        return Path.of(settings.get("data.directory"));
    }

    @Override
    public int visitorPort() {
        return Integer.parseInt(settings.get("visitor.port"));
    }

    @Override
    public int staffPort() {
        return Integer.parseInt(settings.get("staff.port"));
    }

    @Override
    public String visitorOrigin() {
        return "http://localhost:" + visitorPort();
    }

    @Override
    public String staffOrigin() {
        return "http://localhost:" + staffPort();
    }

    @Override
    public void close() throws Exception {
        kill();
        signer.close();
    }
}
