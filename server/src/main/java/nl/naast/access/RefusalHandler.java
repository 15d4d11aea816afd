package nl.naast.access;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import nl.naast.platform.Problem;

/** Answers a refusal over HTTP: exactly the body and the status of docs/protocol.md §9, whatever the reason behind it. */
public final class RefusalHandler implements Handler<RoutingContext> {
    private static final String NOTED = "problem";

    private final Problem problem;

    public RefusalHandler(Problem problem) {
        this.problem = problem;
    }

    @Override
    public void handle(RoutingContext ctx) {
        refuse(ctx, problem, 0);
    }

    /** @param n the request number of the frame that is refused, 0 when there is none */
    public static void refuse(RoutingContext ctx, Problem problem, int n) {
        if (!ctx.response().ended()) {
            note(ctx, problem);
            ctx.response().setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, "application/json").putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end("{\"t\":\"refused\",\"n\":" + n + ",\"code\":\"" + problem.code() + "\"}");
        }
    }

    /** For whoever counts refusals when the answer is out. */
    public static void note(RoutingContext ctx, Problem problem) {
        ctx.put(NOTED, problem);
    }

    public static Optional<Problem> noted(RoutingContext ctx) {
        return Optional.ofNullable(ctx.get(NOTED));
    }
}
