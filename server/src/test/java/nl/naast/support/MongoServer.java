package nl.naast.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of MongoDB's protocol in a process of its own, on loopback: it can be killed and comes back with what it acknowledged. Looked for in this order: {@code NAAST_MONGO_URI} (which is not ours to kill), a
 * {@code mongod} on the PATH, NX-27017 in the Python environment that {@code ./naast test} makes.
 */
public final class MongoServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    /** What this machine has. */
    public sealed interface Found {
        record Named(String uri) implements Found {
        }

        record Program(String name, Path path) implements Found {
        }

        record None(String why) implements Found {
        }
    }

    private final Found.Program program;
    private final Path directory;
    private final int port;
    private Process process;
    private Process watcher;

    private MongoServer(Found.Program program, Path directory, int port) {
        this.program = program;
        this.directory = directory;
        this.port = port;
    }

    public static Found find() {
        String named = System.getenv("NAAST_MONGO_URI");
        return named != null && !named.isBlank() ? new Found.Named(named) : own();
    }

    /** @return what may be killed: never {@link Found.Named} */
    public static Found own() {
        Optional<Path> mongod = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(folder -> Path.of(folder, "mongod")).filter(Files::isExecutable).findFirst();
        if (mongod.isPresent()) {
            return new Found.Program("mongod", mongod.get());
        }
        Path nx = Path.of("target", "nx", "bin", "nx-27017").toAbsolutePath();
        return Files.isExecutable(nx) ? new Found.Program("NX-27017", nx)
            : new Found.None("NAAST_MONGO_URI is not set, there is no mongod on the PATH, and " + Path.of("server").resolve(Path.of("").toAbsolutePath().relativize(nx)) + " was not made (./naast test makes it where Python has venv)");
    }

    /** @param directory for its data; empty, or that of a former one */
    public static MongoServer start(Found.Program program, Path directory) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        MongoServer server = new MongoServer(program, directory, port);
        server.start();
        return server;
    }

    /** Again, on the same data and port. Beside it stands one whose input ends with this JVM, however that ends: a test run that is killed leaves no server behind. */
    public void start() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        // One that was killed leaves it, and the next would not start for it.
        Files.deleteIfExists(directory.resolve("pid"));
        List<String> command = switch (program.name()) {
            case "mongod" -> List.of(program.path().toString(), "--dbpath", data.toString(), "--port", "" + port, "--bind_ip", "127.0.0.1", "--nounixsocket");
            default -> List.of(program.path().toString(), "--data-dir", data.toString(), "-p", "" + port, "--log-file", directory.resolve("log").toString(), "--pid-file", directory.resolve("pid").toString());
        };
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        watcher = new ProcessBuilder("sh", "-c", "cat; kill -9 " + process.pid()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        waitUntilItListens();
    }

    private void waitUntilItListens() throws Exception {
        for (long until = System.nanoTime() + START.toNanos(); System.nanoTime() < until && process.isAlive(); Thread.sleep(50)) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException notYet) {
                // Once more.
            }
        }
        throw new IllegalStateException(program.name() + " did not start");
    }

    /** As the power going. */
    public void kill() throws InterruptedException {
        watcher.destroy();
        process.destroyForcibly().waitFor();
    }

    public String uri(String database) {
        return "mongodb://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() throws InterruptedException {
        watcher.destroy();
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
