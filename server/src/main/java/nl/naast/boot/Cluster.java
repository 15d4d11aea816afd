package nl.naast.boot;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The Vert.x of this process: alone, or joined with those of the other processes by Hazelcast. Only announcements go that way (ADR 0016); data goes through the database. */
public final class Cluster {
    /** Silent for so long, a process is out of the cluster; one whose connection broke is within a second. */
    private static final String SILENT_SECONDS = "15";

    private Cluster() {
    }

    /**
     * Blocks while it joins: never on an event loop. Other processes need not be there.
     *
     * @throws IllegalStateException when it cannot, mostly because the address cannot be bound
     */
    public static Vertx vertx(Settings settings) {
        return settings.several().map(Cluster::join).orElseGet(Vertx::vertx);
    }

    private static Vertx join(Settings.Several at) {
        try {
            return joined(at).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException refused) {
            throw new IllegalStateException("the other processes cannot be joined at " + at.address() + ": " + refused.getCause().getMessage());
        }
    }

    private static Future<Vertx> joined(Settings.Several at) {
        EventBusOptions bus = new EventBusOptions().setHost(at.address()).setPort(at.busPort());
        return Vertx.builder().with(new VertxOptions().setEventBusOptions(bus)).withClusterManager(new HazelcastClusterManager(config(at))).buildClustered();
    }

    /** Vert.x's own, with the members named: nothing is looked for in the network, and nobody outside is told of us. */
    private static Config config(Settings.Several at) {
        Config config = ConfigUtil.loadConfig().setClusterName("naast").setProperty("hazelcast.logging.type", "jdk").setProperty("hazelcast.phone.home.enabled", "false")
            .setProperty("hazelcast.shutdownhook.enabled", "false").setProperty("hazelcast.socket.bind.any", "false").setProperty("hazelcast.wait.seconds.before.join", "0")
            .setProperty("hazelcast.heartbeat.interval.seconds", "3").setProperty("hazelcast.max.no.heartbeat.seconds", SILENT_SECONDS);
        NetworkConfig network = config.getNetworkConfig().setPort(at.port()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).setInterfaces(List.of(at.address()));
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(List.copyOf(at.members()));
        return config;
    }
}
