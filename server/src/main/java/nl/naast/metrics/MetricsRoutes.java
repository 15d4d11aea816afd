package nl.naast.metrics;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /metrics}, in the text format of Prometheus. For the port of the health pages, which listens on loopback only. */
public final class MetricsRoutes {
    private final Page page;

    MetricsRoutes(Page page) {
        this.page = page;
    }

    public void mount(Router ops) {
        ops.get("/metrics").handler(this::answer);
    }

    private void answer(RoutingContext ctx) {
        page.text().onSuccess(text -> ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, Page.TYPE).end(text)).onFailure(ctx::fail);
    }
}
