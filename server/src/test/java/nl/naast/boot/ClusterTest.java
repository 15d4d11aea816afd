package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Vertx;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.naast.house.House;
import nl.naast.platform.KeyFileWrap;
import nl.naast.platform.RandomSource;
import nl.naast.support.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whoever reaches the port at which processes join")
class ClusterTest {
    private static final AtomicBoolean RAN = new AtomicBoolean();

    /** What a stranger would have the server do. */
    private static final class Theirs implements Callable<String>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String call() {
            RAN.set(true);
            return "ran";
        }
    }

    private final int port = Ports.free();
    private Settings settings;
    private Vertx vertx;

    @BeforeEach
    void join(@TempDir Path directory) throws Exception {
        Map<String, String> arguments = Booted.arguments(directory);
        arguments.putAll(Map.of("mongo.uri", "mongodb://localhost/naast", "cluster.address", "127.0.0.1", "cluster.port", port + "", "cluster.bus.port", Ports.free() + "", "cluster.members", "127.0.0.1:" + port));
        settings = Settings.read(Path.of("../config/naast.properties"), Map.of(), arguments);
        vertx = Cluster.vertx(settings);
    }

    @AfterEach
    void leave() throws Exception {
        House.await(vertx.close());
    }

    private HazelcastInstance client(String name) {
        ClientConfig config = new ClientConfig().setClusterName(name).setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().addAddress("127.0.0.1:" + port);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(1_000);
        return HazelcastClient.newHazelcastClient(config);
    }

    private String name() throws Exception {
        return Cluster.name(KeyFileWrap.at(settings.keyFile(), RandomSource.system()));
    }

    // seen failing: with the cluster named "naast"
    @Test
    @DisplayName("is not let in without a name that is made of the key file")
    void named(@TempDir Path elsewhere) throws Exception {
        assertThrows(IllegalStateException.class, () -> client("naast"));
        assertNotEquals(name(), Cluster.name(KeyFileWrap.at(elsewhere.resolve("naast.key"), RandomSource.system())));
    }

    // seen failing: without the filter of what is made of what is sent: it ran
    @Test
    @DisplayName("runs nothing in the server, also when he has heard the name")
    void nothingRuns() throws Exception {
        HazelcastInstance client = client(name());
        try {
            ExecutionException refused = assertThrows(ExecutionException.class, () -> client.getExecutorService("x").submit(new Theirs()).get(20, TimeUnit.SECONDS));
            assertTrue(refused.getMessage().contains("is not allowed"), refused.getMessage());
            assertFalse(RAN.get());
        } finally {
            client.shutdown();
        }
    }

    // seen failing: with the cause thrown on as it was
    @Test
    @DisplayName("a process whose port is taken says so in a sentence")
    void taken() {
        assertEquals(0, assertThrows(IllegalStateException.class, () -> Cluster.vertx(settings)).getMessage().indexOf("the other processes cannot be joined at 127.0.0.1: "));
    }
}
