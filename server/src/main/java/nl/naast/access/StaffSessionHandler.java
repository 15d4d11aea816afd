package nl.naast.access;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Problem;
import nl.naast.platform.SecretBytes;

/** Lets a request through when its session cookie belongs to a live session; answers 401 otherwise, the same whatever is wrong with it. */
public final class StaffSessionHandler implements Handler<RoutingContext> {
    public static final String COOKIE = "__Host-naast";
    public static final int TOKEN_BYTES = 32;
    private static final String KEY = "naast.staff";

    private final StaffSessions sessions;

    public StaffSessionHandler(StaffSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void handle(RoutingContext ctx) {
        session(ctx.request()).onComplete(found -> {
            if (found.failed()) {
                RefusalHandler.refuse(ctx, Problem.BUSY, 0);
            } else if (found.result().isEmpty()) {
                RefusalHandler.refuse(ctx, Problem.NOT_SIGNED_IN, 0);
            } else {
                ctx.put(KEY, found.result().get());
                ctx.next();
            }
        });
    }

    /** The session that this handler found on the way in. */
    public static StaffSession session(RoutingContext ctx) {
        return ctx.get(KEY);
    }

    private Future<Optional<StaffSession>> session(HttpServerRequest request) {
        return token(request).map(secret -> sessions.byToken(secret).onComplete(done -> secret.close())).orElse(Future.succeededFuture(Optional.empty()));
    }

    /** The token in the request's cookie, if it is well-formed; the caller closes it. */
    public static Optional<SecretBytes> token(HttpServerRequest request) {
        Cookie cookie = request.getCookie(COOKIE);
        return Optional.ofNullable(cookie).flatMap(c -> Base64Url.decode(c.getValue())).filter(bytes -> bytes.length == TOKEN_BYTES).map(SecretBytes::take);
    }
}
