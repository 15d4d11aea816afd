package nl.naast.support;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import reactor.core.publisher.Mono;

/**
 * The MongoDB that the contracts run on: mongo-java-server inside this JVM, or, with {@code -Dnaast.mongo=server} (a second round of the same tests, see the pom), the server that {@link MongoServer} finds. Two unrelated
 * programs keep us inside what all servers of the protocol do alike.
 */
public final class MongoForTests {
    /** Kept, so that their level is. The driver tells of each try while a server is gone, and the server in the JVM of each connection. */
    private static final List<Logger> QUIET = Stream.of("org.mongodb.driver", "de.bwaldvogel").map(Logger::getLogger).toList();

    private static String base;
    private static boolean said;

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private MongoForTests() {
    }

    /** @return the address of a database that nobody used yet; the test is left out, with the reason, when this machine has no such server */
    public static synchronized String freshDatabase() throws Exception {
        String name = "naast_" + UUID.randomUUID().toString().replace("-", "");
        if (!"server".equals(System.getProperty("naast.mongo"))) {
            say("mongo-java-server, in the tests' own JVM");
            base = base == null ? lossy(inThisJvm()) : base;
            return base + name;
        }
        return switch (MongoServer.find()) {
            case MongoServer.Found.None(String why) -> {
                if (!said) {
                    System.out.println("NOT RUN: MongoDB in a process of its own: " + why);
                    said = true;
                }
                Assumptions.abort(why);
                yield "";
            }
            case MongoServer.Found.Named(String uri) -> {
                say("NAAST_MONGO_URI");
                yield dropped(withDatabase(uri, name));
            }
            case MongoServer.Found.Program program -> {
                say(program.name() + ", a process of its own");
                base = base == null ? lossy(ownProcess(program)) : base;
                yield base + name;
            }
        };
    }

    private static void say(String which) {
        if (!said) {
            System.out.println("MongoDB for the tests: " + which);
            said = true;
        }
    }

    /** What tests make on somebody's server goes with them. */
    private static String dropped(String uri) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (MongoClient client = MongoClients.create(uri)) {
                Mono.from(client.getDatabase(new ConnectionString(uri).getDatabase()).drop()).block(Duration.ofSeconds(10));
            }
        }));
        return uri;
    }

    private static String withDatabase(String uri, String name) {
        String there = new ConnectionString(uri).getDatabase();
        int hosts = uri.indexOf("://") + 3;
        int slash = uri.indexOf('/', hosts);
        int query = uri.indexOf('?', hosts);
        String before = slash >= 0 ? uri.substring(0, slash) : query >= 0 ? uri.substring(0, query) : uri;
        return before + "/" + (there == null ? name : there + "_" + name) + (query >= 0 ? uri.substring(query) : "");
    }

    /** With {@code -Dnaast.mongo.loses=9} the answer of every ninth write is lost. For looking, not for the suite: where many race, a later write hides whose the lost one was, and its caller takes part again. */
    private static String lossy(String uri) throws IOException {
        int each = Integer.getInteger("naast.mongo.loses", 0);
        return each == 0 ? uri : losing(uri, each);
    }

    /** @return the address of the same server behind {@link LosesAnswers}, for as long as this JVM lives */
    public static String losing(String uri, int each) throws IOException {
        int port = uri.indexOf(':', uri.indexOf("://") + 3) + 1;
        int slash = uri.indexOf('/', port);
        LosesAnswers before = new LosesAnswers(Integer.parseInt(uri.substring(port, slash)), each);
        return "mongodb://127.0.0.1:" + before.port() + uri.substring(slash);
    }

    private static String inThisJvm() {
        de.bwaldvogel.mongo.MongoServer server = new de.bwaldvogel.mongo.MongoServer(new MemoryBackend());
        var address = server.bind();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        return "mongodb://127.0.0.1:" + address.getPort() + "/";
    }

    private static String ownProcess(MongoServer.Found.Program program) throws Exception {
        Path directory = Files.createTempDirectory("naast-mongo");
        MongoServer server = MongoServer.start(program, directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
        return server.uri("");
    }

    private static void end(MongoServer server, Path directory) {
        try {
            server.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (Exception ending) {
            // The JVM ends all the same.
        }
    }
}
