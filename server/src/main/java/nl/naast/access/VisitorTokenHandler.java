package nl.naast.access;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Problem;
import nl.naast.platform.SecretBytes;
import nl.naast.platform.Wrap;

/**
 * The visitor's capability on the fallback: {@code Authorization: Bearer} and 43 characters of base64url. Any well-formed capability is a caller; whether a conversation belongs to it only the store
 * knows, and whoever has none hears the same as whoever has somebody else's.
 */
public final class VisitorTokenHandler implements Handler<RoutingContext> {
    private static final String KEY = "naast.visitor";
    private static final String SCHEME = "Bearer ";
    public static final int CAPABILITY_BYTES = 32;

    private final Wrap wrap;

    public VisitorTokenHandler(Wrap wrap) {
        this.wrap = wrap;
    }

    @Override
    public void handle(RoutingContext ctx) {
        parse(ctx.request().getHeader(HttpHeaders.AUTHORIZATION)).ifPresentOrElse(capability -> {
            try (capability) {
                ctx.put(KEY, new Caller.Visitor(TokenHash.ofCapability(wrap, capability)));
            }
            ctx.next();
        }, () -> RefusalHandler.refuse(ctx, Problem.UNKNOWN, 0));
    }

    /** The caller that this handler found on the way in. */
    public static Caller.Visitor visitor(RoutingContext ctx) {
        return ctx.get(KEY);
    }

    static Optional<SecretBytes> parse(String header) {
        return Optional.ofNullable(header).filter(h -> h.startsWith(SCHEME)).flatMap(h -> Base64Url.decode(h.substring(SCHEME.length())))
            .filter(bytes -> bytes.length == CAPABILITY_BYTES).map(SecretBytes::take);
    }
}
