package nl.naast.boot;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import nl.naast.platform.Base64Url;
import nl.naast.platform.KeyFileWrap;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;

/** The Vert.x of this process: alone, or joined with those of the other processes by Hazelcast. Only announcements go that way (ADR 0016); data goes through the database. */
public final class Cluster {
    /** Silent for so long, a process is out of the cluster; one whose connection broke is within a second. */
    private static final String SILENT_SECONDS = "15";
    private static final String MERGE_SECONDS = "5";

    private Cluster() {
    }

    /**
     * Blocks while it joins: never on an event loop. Other processes need not be there.
     *
     * @throws IllegalStateException when it cannot, mostly because the address cannot be bound
     */
    public static Vertx vertx(Settings settings) {
        return settings.several().map(at -> join(settings, at)).orElseGet(Vertx::vertx);
    }

    private static Vertx join(Settings settings, Settings.Several at) {
        try {
            return joined(at, name(KeyFileWrap.at(settings.keyFile(), RandomSource.system()))).toCompletionStage().toCompletableFuture().join();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable.getMessage());
        } catch (CompletionException refused) {
            throw new IllegalStateException("the other processes cannot be joined at " + at.address() + ": " + refused.getCause().getMessage());
        }
    }

    private static Future<Vertx> joined(Settings.Several at, String name) {
        EventBusOptions bus = new EventBusOptions().setHost(at.address()).setPort(at.busPort());
        return Vertx.builder().with(new VertxOptions().setEventBusOptions(bus)).withClusterManager(new HazelcastClusterManager(config(at, name))).buildClustered();
    }

    /** Made of the key: a process with another key, or somebody who only found the port, is not let in. It goes over the wire in clear, so whoever listens there learns it. */
    static String name(Wrap wrap) {
        return "naast-" + Base64Url.encode(wrap.tag("cluster", new byte[0]));
    }

    /** Vert.x's own, with the members named: nothing is looked for in the network, and nobody outside is told of us. */
    static Config config(Settings.Several at, String name) {
        Config config = ConfigUtil.loadConfig().setClusterName(name).setProperty("hazelcast.logging.type", "jdk").setProperty("hazelcast.phone.home.enabled", "false")
            .setProperty("hazelcast.shutdownhook.enabled", "false").setProperty("hazelcast.socket.bind.any", "false").setProperty("hazelcast.wait.seconds.before.join", "0")
            .setProperty("hazelcast.heartbeat.interval.seconds", "3").setProperty("hazelcast.max.no.heartbeat.seconds", SILENT_SECONDS)
            // A process that stood still, or was cut off, is back within seconds of going on.
            .setProperty("hazelcast.merge.first.run.delay.seconds", MERGE_SECONDS).setProperty("hazelcast.merge.next.run.delay.seconds", MERGE_SECONDS);
        // Whoever reaches the port can send objects: none but those that Vert.x and Hazelcast need are made of them.
        JavaSerializationFilterConfig only = new JavaSerializationFilterConfig();
        only.getWhitelist().addPrefixes("io.vertx.", "com.hazelcast.");
        config.getSerializationConfig().setJavaSerializationFilterConfig(only);
        NetworkConfig network = config.getNetworkConfig().setPort(at.port()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).setInterfaces(List.of(at.address()));
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(List.copyOf(at.members()));
        return config;
    }
}
