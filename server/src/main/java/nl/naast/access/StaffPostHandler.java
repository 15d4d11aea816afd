package nl.naast.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import nl.naast.platform.Problem;

/**
 * What keeps another site from writing with a member of staff's cookie (docs/protocol.md §11), beside SameSite=Strict: whatever is no GET or HEAD needs {@code X-Naast: 1}, which no form and no
 * cross-origin script can send without a preflight that we never answer, an {@code Origin} that is our own where the browser sends one, and JSON.
 */
public final class StaffPostHandler implements SecurityPolicyHandler {
    private final String origin;

    /** @param origin of the staff pages, without a slash at the end */
    public StaffPostHandler(String origin) {
        this.origin = origin;
    }

    @Override
    public void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD) {
            ctx.next();
        } else if (!"1".equals(request.getHeader("X-Naast")) || !isOwn(request.getHeader(HttpHeaders.ORIGIN))) {
            RefusalHandler.refuse(ctx, Problem.NOT_ALLOWED, 0);
        } else if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            RefusalHandler.refuse(ctx, Problem.MALFORMED, 0);
        } else {
            ctx.next();
        }
    }

    private boolean isOwn(String given) {
        return given == null || given.equals(origin);
    }

    private static boolean isJson(String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }
}
