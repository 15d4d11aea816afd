package nl.naast.boot;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.naast.platform.Store;

/** {@code /health/live}: the process answers. {@code /health/ready}: it takes people in, and the store reads. On a loopback port of its own. */
final class Health {
    private final Store store;
    private final AtomicBoolean open = new AtomicBoolean();

    Health(Store store) {
        this.store = store;
    }

    Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/health/live").handler(context -> answer(context, true));
        router.get("/health/ready").handler(this::ready);
        return router;
    }

    void open(boolean yes) {
        open.set(yes);
    }

    private void ready(RoutingContext context) {
        store.answers().onComplete(read -> answer(context, open.get() && read.succeeded() && read.result()));
    }

    private static void answer(RoutingContext context, boolean good) {
        context.response().setStatusCode(good ? 200 : 503).putHeader("Content-Type", "text/plain").end(good ? "ok\n" : "no\n");
    }
}
