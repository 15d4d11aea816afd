package nl.naast.boot;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import nl.naast.access.RefusalHandler;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.Problem;

/** Whatever goes wrong outside a use case is answered as a refusal of docs/protocol.md §9: no stack trace, no path, no reason. Our own faults are logged by kind, never by content. */
final class FailureHandler implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext context) {
        if (context.failure() != null) {
            Log.say(LogCode.REQUEST_FAILED, context.failure());
        }
        RefusalHandler.refuse(context, problem(context.statusCode()), 0);
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 400, 415 -> Problem.MALFORMED;
            case 401 -> Problem.NOT_SIGNED_IN;
            case 403 -> Problem.NOT_ALLOWED;
            case 404, 405 -> Problem.UNKNOWN;
            case 413 -> Problem.TOO_LARGE;
            default -> Problem.BUSY;
        };
    }
}
