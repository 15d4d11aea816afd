package nl.naast.boot;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The security headers of every answer of one origin, errors too. */
final class HeadersHandler implements Handler<RoutingContext> {
    private final Side side;
    private final String origin;

    /** @param origin as the browser names it, without a slash at the end */
    HeadersHandler(Side side, String origin) {
        this.side = side;
        this.origin = origin;
    }

    @Override
    public void handle(RoutingContext context) {
        put(context.response().headers());
        context.next();
    }

    /** A request that could not be read (no method, too long, another protocol) never comes to a router; its answer carries the headers all the same. */
    void invalid(HttpServerRequest request) {
        put(request.response().headers());
        HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
    }

    private void put(MultiMap headers) {
        headers.set("Content-Security-Policy", policy());
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Embedder-Policy", "require-corp");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Permissions-Policy", side.permissions());
        // Assets with a hash in their name say otherwise themselves.
        headers.set("Cache-Control", "no-store");
        if (origin.startsWith("https:")) {
            headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
        }
    }

    /**
     * Only what the pages use. connect-src names the socket too, because not every engine counts it to 'self'; img-src is there for the empty icon, and for Firefox, which asks our own
     * /favicon.ico again when it brings back a page that it kept, whatever icon that names.
     */
    private String policy() {
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' " + origin.replaceFirst("^http", "ws")
            + "; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    }
}
