package nl.naast.boot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.naast.platform.Migration;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.StoreRefused;

/** Puts the house together: opens the store, calls each capability's Module once, top-down, and binds the three listeners. */
public final class Helpline {
    private final Vertx vertx;
    private final SqliteStore store;
    private final Health health;
    private List<Listener> listeners = List.of();

    private Helpline(Vertx vertx, SqliteStore store) {
        this.vertx = vertx;
        this.store = store;
        this.health = new Health(store);
    }

    /** The addresses really bound, as a browser writes them. */
    public record Addresses(String visitorPage, String desk, String ops) {
    }

    /** @return a running house, or a failure whose message an operator can act on */
    public static Future<Helpline> start(Vertx vertx, Settings settings) {
        try {
            Files.createDirectories(settings.dataDirectory());
            SqliteStore store = SqliteStore.open(vertx, settings.dataDirectory(), migrations());
            Helpline helpline = new Helpline(vertx, store);
            return helpline.listen(settings).map(helpline);
        } catch (IOException | StoreRefused refused) {
            return Future.failedFuture(refused);
        }
    }

    private static List<Migration> migrations() {
        return List.of();
    }

    private Future<Void> listen(Settings settings) throws IOException {
        Settings.Listen at = settings.listen();
        Router visitor = router(Side.VISITOR, settings.pagesDirectory(), origin(at.visitorOrigin(), at.visitorPort()));
        Router staff = router(Side.STAFF, settings.pagesDirectory(), origin(at.staffOrigin(), at.staffPort()));
        return Future.all(Listener.bind(vertx, visitor, at.address(), at.visitorPort()), Listener.bind(vertx, staff, at.address(), at.staffPort()), Listener.bind(vertx, health.router(vertx), "127.0.0.1", at.opsPort()))
            .map(bound -> {
                listeners = bound.list();
                health.open(true);
                return null;
            });
    }

    private static String origin(String configured, int port) {
        return configured.isEmpty() ? "http://localhost:" + port : configured;
    }

    private Router router(Side side, Path pages, String origin) throws IOException {
        Router router = Router.router(vertx);
        router.route().handler(new HeadersHandler(side, origin));
        RefusalHandler refusal = new RefusalHandler();
        router.route().failureHandler(refusal);
        List.of(404, 405).forEach(status -> router.errorHandler(status, refusal));
        new PagesHandler(Pages.read(pages, side)).mount(router, side.path());
        return router;
    }

    public Addresses addresses() {
        return new Addresses("http://localhost:" + listeners.get(0).port() + "/", "http://localhost:" + listeners.get(1).port() + "/desk", "http://localhost:" + listeners.get(2).port());
    }

    /** Not ready, then no new connections, then the open ones at the most five seconds, then the store; the store's closing waits for its writer, so it runs beside the event loop. */
    public Future<Void> stop() {
        health.open(false);
        return Future.join(listeners.stream().map(listener -> listener.drain(Duration.ofSeconds(5))).toList())
            .eventually(() -> vertx.executeBlocking(this::closeStore, false)).eventually(vertx::close).mapEmpty();
    }

    private Void closeStore() {
        store.close();
        return null;
    }
}
