package nl.naast;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.naast.boot.Cluster;
import nl.naast.boot.Helpline;
import nl.naast.boot.Settings;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;

/** {@code java -jar naast-server.jar [--config FILE] [--port N] [--staff-port N] [--ops-port N] [--data DIR]}. Exit code 2: wrong settings or arguments, 1: could not start. */
public final class Main {
    private static final Map<String, String> OPTIONS = Map.of("--config", "config", "--port", "visitor.port", "--staff-port", "staff.port", "--ops-port", "ops.port", "--data", "data.directory");

    private Main() {
    }

    public static void main(String[] arguments) {
        Log.asJson();
        try {
            Map<String, String> given = options(arguments);
            String file = given.containsKey("config") ? given.remove("config") : "config/naast.properties";
            start(Settings.read(Path.of(file), System.getenv(), given));
        } catch (RuntimeException refused) {
            end(2, refused.getMessage());
        }
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String key = OPTIONS.get(arguments[i]);
            if (key == null || i + 1 == arguments.length) {
                throw new IllegalArgumentException("not understood: " + arguments[i] + "; options: --config --port --staff-port --ops-port --data, each with a value");
            }
            given.put(key, arguments[i + 1]);
        }
        return given;
    }

    private static void start(Settings settings) {
        Vertx vertx;
        try {
            vertx = Cluster.vertx(settings);
        } catch (IllegalStateException refused) {
            end(1, refused.getMessage());
            return;
        }
        Helpline.start(vertx, settings).compose(helpline -> helpline.firstInvitation().onSuccess(invitation -> running(helpline, invitation))).onFailure(failed -> end(1, failed.getMessage()));
    }

    private static void running(Helpline helpline, Optional<String> invitation) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> waitForStop(helpline)));
        Log.say(LogCode.STARTED);
        Helpline.Addresses at = helpline.addresses();
        System.out.println("Store: " + helpline.store());
        System.out.println("Visitor page: " + at.visitorPage());
        System.out.println("Desk: " + at.desk());
        invitation.ifPresent(link -> System.out.println("Invitation: " + link));
    }

    /** The hook must wait: a JVM ends when its hooks return. */
    private static void waitForStop(Helpline helpline) {
        try {
            helpline.stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException unclean) {
            System.err.println("the server did not stop cleanly");
        }
    }

    private static void end(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
