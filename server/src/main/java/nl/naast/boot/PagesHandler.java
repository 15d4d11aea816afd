package nl.naast.boot;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Serves one side's {@link Pages}: its documents never stored, assets for good (their names carry a hash), compressed where the build did so. */
final class PagesHandler {
    private final Pages pages;

    PagesHandler(Pages pages) {
        this.pages = pages;
    }

    void mount(Router router) {
        pages.documents().forEach((path, document) -> router.get(path).handler(context -> send(context, document)));
        router.get("/a/:name").handler(this::asset);
    }

    private void asset(RoutingContext context) {
        pages.asset(context.pathParam("name")).ifPresentOrElse(file -> {
            context.response().putHeader("Cache-Control", "public, max-age=31536000, immutable");
            send(context, file);
        }, () -> context.fail(404));
    }

    private static void send(RoutingContext context, Pages.File file) {
        String accepted = context.request().getHeader("Accept-Encoding");
        HttpServerResponse response = context.response().putHeader("Content-Type", file.type()).putHeader("Vary", "Accept-Encoding");
        if (file.brotli() != null && accepted != null && accepted.contains("br")) {
            response.putHeader("Content-Encoding", "br").end(file.brotli());
        } else {
            response.end(file.plain());
        }
    }
}
