package nl.naast.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/**
 * The staff's routes over HTTP (docs/protocol.md §11): each is mounted with who may use it and which fields its body has, so that no route can forget to ask. A body is one JSON object with exactly those fields.
 */
public final class StaffApiRoutes {
    private static final int MOST_BYTES = 65_536;

    /** One row of docs/roles.md: who may use a route; empty = anybody, without signing in. */
    public record Entry(String method, String path, Optional<Set<Role>> who) {
    }

    private final Router router;
    private final StaffPostHandler posts;
    private final StaffSessionHandler sessions;
    private final List<Entry> entries = new ArrayList<>();

    /** @param origin of the staff pages, without a slash at the end */
    public StaffApiRoutes(Router router, StaffSessions sessions, String origin) {
        this.router = router;
        this.posts = new StaffPostHandler(origin);
        this.sessions = new StaffSessionHandler(sessions);
    }

    /** Every route mounted so far. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public void get(String path, Set<Role> who, Function<StaffSession, Future<Outcome<JsonObject>>> use) {
        signedIn(route(HttpMethod.GET, path, Optional.of(who)), who).handler(ctx -> answer(ctx, use.apply(StaffSessionHandler.session(ctx))));
    }

    public void post(String path, Set<Role> who, Set<String> fields, BiFunction<StaffSession, JsonObject, Future<Outcome<JsonObject>>> use) {
        signedIn(route(HttpMethod.POST, path, Optional.of(who)), who)
            .handler(ctx -> withBody(ctx, fields, body -> use.apply(StaffSessionHandler.session(ctx), body)));
    }

    /** For a body that is larger than others may be: who sends it is asked before it is read, so that nobody else fills the server's memory with it. */
    public void largePost(String path, Set<Role> who, Set<String> fields, int mostBytes, BiFunction<StaffSession, JsonObject, Future<Outcome<JsonObject>>> use) {
        entries.add(new Entry(HttpMethod.POST.name(), path, Optional.of(who)));
        SecurityPolicyHandler waits = ctx -> {
            ctx.request().pause();
            // Read by whatever comes; where it was refused, nothing does, and it runs out into nothing.
            ctx.addEndHandler(answered -> ctx.request().resume());
            sessions.handle(ctx);
        };
        SecurityPolicyHandler allowed = ctx -> allowed(ctx, who);
        router.route(HttpMethod.POST, path).handler(posts).handler(waits).handler(allowed).handler(BodyHandler.create(false).setBodyLimit(mostBytes))
            .handler(ctx -> withBody(ctx, fields, body -> use.apply(StaffSessionHandler.session(ctx), body)));
    }

    /** For anybody, signed in or not. */
    public void openGet(String path, Function<RoutingContext, Future<Outcome<JsonObject>>> use) {
        route(HttpMethod.GET, path, Optional.empty()).handler(ctx -> answer(ctx, use.apply(ctx)));
    }

    /** For anybody, signed in or not. */
    public void openPost(String path, Set<String> fields, BiFunction<RoutingContext, JsonObject, Future<Outcome<JsonObject>>> use) {
        route(HttpMethod.POST, path, Optional.empty()).handler(ctx -> withBody(ctx, fields, body -> use.apply(ctx, body)));
    }

    private Route route(HttpMethod method, String path, Optional<Set<Role>> who) {
        entries.add(new Entry(method.name(), path, who));
        Route route = router.route(method, path).handler(posts);
        return method == HttpMethod.POST ? route.handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES)) : route;
    }

    private Route signedIn(Route route, Set<Role> who) {
        return route.handler(sessions).handler(ctx -> allowed(ctx, who));
    }

    private static void allowed(RoutingContext ctx, Set<Role> who) {
        if (StaffSessionHandler.session(ctx).who().roles().stream().anyMatch(who::contains)) {
            ctx.next();
        } else {
            RefusalHandler.refuse(ctx, Problem.NOT_ALLOWED, 0);
        }
    }

    private static void withBody(RoutingContext ctx, Set<String> fields, Function<JsonObject, Future<Outcome<JsonObject>>> use) {
        body(ctx.body().buffer(), fields).ifPresentOrElse(body -> answer(ctx, use.apply(body)), () -> RefusalHandler.refuse(ctx, Problem.MALFORMED, 0));
    }

    private static Optional<JsonObject> body(Buffer buffer, Set<String> fields) {
        try {
            return Optional.ofNullable(buffer).map(JsonObject::new).filter(body -> body.fieldNames().equals(fields));
        } catch (DecodeException notJson) {
            return Optional.empty();
        }
    }

    private static void answer(RoutingContext ctx, Future<Outcome<JsonObject>> outcome) {
        outcome.onFailure(ctx::fail).onSuccess(found -> {
            switch (found) {
                case Outcome.Done<JsonObject>(JsonObject body) -> ctx.response().putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-store").end(body.toBuffer());
                case Outcome.Refused<JsonObject>(Problem problem) -> RefusalHandler.refuse(ctx, problem, 0);
            }
        });
    }
}
