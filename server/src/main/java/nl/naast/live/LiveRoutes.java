package nl.naast.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import nl.naast.access.RefusalHandler;
import nl.naast.access.StaffSession;
import nl.naast.access.StaffSessionHandler;
import nl.naast.access.StaffSessions;
import nl.naast.access.TokenHash;
import nl.naast.access.VisitorTokenHandler;
import nl.naast.platform.Problem;
import nl.naast.wire.ClientFrame;
import nl.naast.wire.DeskFrame;
import nl.naast.wire.Parsed;
import nl.naast.wire.Poll;
import nl.naast.wire.ServerFrame;
import nl.naast.wire.VisitorFrame;

/** {@code /live}, {@code /frames}, {@code /poll} of both origins, and the visitor's {@code /availability} (protocol.md §1). */
public final class LiveRoutes {
    /** Above the limit a socket is told so before it is closed, up to this many at a time; a browser cannot see why an upgrade failed. */
    private static final int TOLD = 1000;

    private final Vertx vertx;
    private final Live live;
    private final Availability availability;
    private final Places told = new Places(TOLD);

    LiveRoutes(Vertx vertx, Live live, Availability availability) {
        this.vertx = vertx;
        this.live = live;
        this.availability = availability;
    }

    /** @param origin the visitor's, as a browser names it */
    public void visitor(Router router, String origin) {
        VisitorTokenHandler token = new VisitorTokenHandler(live.wrap());
        router.get("/live").handler(ctx -> ownOrigin(ctx, origin, true)).handler(ctx -> upgrade(ctx, live.sockets(), socket -> new VisitorSocket(socket, vertx.getOrCreateContext(), live).open()));
        router.post("/frames").handler(body()).handler(ctx -> ownOrigin(ctx, origin, false)).handler(this::version).handler(token).handler(this::visitorFrame);
        router.post("/poll").handler(body()).handler(ctx -> ownOrigin(ctx, origin, false)).handler(token).handler(this::visitorPoll);
        router.get("/availability").handler(ctx -> availability.text().onComplete(text -> {
            if (text.succeeded()) {
                json(ctx, 200, text.result());
            } else {
                RefusalHandler.refuse(ctx, Problem.BUSY, 0);
            }
        }));
    }

    /** @param origin the staff's, as a browser names it */
    public void staff(Router router, String origin, StaffSessions sessions) {
        StaffSessionHandler session = new StaffSessionHandler(sessions);
        router.get("/live").handler(ctx -> ownOrigin(ctx, origin, true)).handler(this::pause).handler(session).handler(ctx -> {
            StaffSession who = StaffSessionHandler.session(ctx);
            upgrade(ctx, live.deskSockets(), socket -> new DeskSocket(socket, vertx.getOrCreateContext(), live, sessions, who).open());
        });
        router.post("/frames").handler(body()).handler(ctx -> ownOrigin(ctx, origin, false)).handler(this::ours).handler(this::version).handler(session).handler(this::deskFrame);
        router.post("/poll").handler(body()).handler(ctx -> ownOrigin(ctx, origin, false)).handler(this::ours).handler(session).handler(this::deskPoll);
    }

    private BodyHandler body() {
        return BodyHandler.create(false).setBodyLimit(live.policy().frameBytes());
    }

    /** The request must stay whole while the session is looked up, or it cannot be upgraded any more. */
    private void pause(RoutingContext ctx) {
        ctx.request().pause();
        ctx.next();
    }

    private void ownOrigin(RoutingContext ctx, String origin, boolean required) {
        String found = ctx.request().getHeader(HttpHeaders.ORIGIN);
        if (found == null ? required : !found.equals(origin)) {
            RefusalHandler.refuse(ctx, Problem.NOT_ALLOWED, 0);
        } else {
            ctx.next();
        }
    }

    /** A page of another origin cannot send this header without asking first. */
    private void ours(RoutingContext ctx) {
        if ("1".equals(ctx.request().getHeader("X-Naast"))) {
            ctx.next();
        } else {
            RefusalHandler.refuse(ctx, Problem.NOT_ALLOWED, 0);
        }
    }

    private void version(RoutingContext ctx) {
        if (Integer.toString(ServerFrame.VERSION).equals(ctx.request().getHeader("Naast-Version"))) {
            ctx.next();
        } else {
            answer(ctx, new ServerFrame.Refused(0, Problem.UNSUPPORTED_VERSION));
        }
    }

    private void upgrade(RoutingContext ctx, Places places, Consumer<ServerWebSocket> open) {
        boolean place = places.take();
        if (!place && !told.take()) {
            RefusalHandler.refuse(ctx, Problem.FULL, 0);
            return;
        }
        ctx.request().toWebSocket().onComplete(upgraded -> {
            if (upgraded.failed()) {
                (place ? places : told).release();
                if (!ctx.response().ended()) {
                    RefusalHandler.refuse(ctx, Problem.MALFORMED, 0);
                }
            } else if (place) {
                open.accept(upgraded.result());
            } else {
                upgraded.result().closeHandler(done -> told.release());
                live.watch().refused(Problem.FULL);
                upgraded.result().writeTextMessage(new ServerFrame.Refused(0, Problem.FULL).text());
                upgraded.result().close((short) 1013);
            }
        });
    }

    private void visitorFrame(RoutingContext ctx) {
        TokenHash who = VisitorTokenHandler.visitor(ctx).token();
        live.hub().presence().heard(who);
        Parsed<VisitorFrame> parsed = live.frames().visitor(text(ctx));
        answer(ctx, parsed, who.text(), frame -> live.dispatcher().visitor(who, frame));
    }

    private void deskFrame(RoutingContext ctx) {
        StaffSession session = StaffSessionHandler.session(ctx);
        live.hub().presence().heard(session.who().id());
        Parsed<DeskFrame> parsed = live.frames().desk(text(ctx));
        answer(ctx, parsed, session.who().id().id().text(), frame -> live.dispatcher().desk(session, frame));
    }

    /** What is no frame costs as much as one: on the fallback there is no socket to close. */
    private <F extends ClientFrame> void answer(RoutingContext ctx, Parsed<F> parsed, String who, Function<F, Future<ServerFrame>> use) {
        boolean may = may(who);
        switch (parsed) {
            case Parsed.Bad<F>(int n, Problem problem) -> answer(ctx, new ServerFrame.Refused(n, may ? problem : Problem.TOO_FAST));
            case Parsed.Good<F>(F frame) -> answer(ctx, may ? use.apply(frame) : tooFast(frame.n()));
        }
    }

    private boolean may(String who) {
        return live.rate().take(who);
    }

    private static Future<ServerFrame> tooFast(int n) {
        return Future.succeededFuture(new ServerFrame.Refused(n, Problem.TOO_FAST));
    }

    private void visitorPoll(RoutingContext ctx) {
        TokenHash who = VisitorTokenHandler.visitor(ctx).token();
        switch (live.frames().visitorPoll(text(ctx))) {
            case Parsed.Bad<Poll.OfVisitor>(int n, Problem problem) -> answer(ctx, new ServerFrame.Refused(n, may(who.text()) ? problem : Problem.TOO_FAST));
            case Parsed.Good<Poll.OfVisitor>(Poll.OfVisitor poll) -> {
                VisitorPoll held = new VisitorPoll(vertx.getOrCreateContext(), live, who, poll);
                hold(ctx, poll, who.text(), held, live.sockets(), () -> live.hub().add(who, held), () -> live.hub().remove(who, held), () -> live.hub().presence().heard(who));
            }
        }
    }

    /** What a desk is told is for those who may have one. */
    private void deskPoll(RoutingContext ctx) {
        StaffSession session = StaffSessionHandler.session(ctx);
        if (!Desks.has(session)) {
            RefusalHandler.refuse(ctx, Problem.NOT_ALLOWED, 0);
            return;
        }
        switch (live.frames().deskPoll(text(ctx))) {
            case Parsed.Bad<Poll.OfDesk>(int n, Problem problem) -> answer(ctx, new ServerFrame.Refused(n, may(session.who().id().id().text()) ? problem : Problem.TOO_FAST));
            case Parsed.Good<Poll.OfDesk>(Poll.OfDesk poll) -> {
                DeskPoll held = new DeskPoll(vertx.getOrCreateContext(), live, session, poll);
                hold(ctx, poll, session.who().id().id().text(), held, live.deskSockets(), () -> live.hub().add(session.who().id(), held), () -> live.hub().remove(session.who().id(), held),
                    () -> live.hub().presence().heard(session.who().id()));
            }
        }
    }

    private void hold(RoutingContext ctx, Poll poll, String who, Poller held, Places places, Runnable come, Runnable go, Runnable heard) {
        if (poll.version() != ServerFrame.VERSION) {
            answer(ctx, new ServerFrame.Refused(0, Problem.UNSUPPORTED_VERSION));
        } else if (!may(who)) {
            answer(ctx, tooFast(0));
        } else if (!places.take()) {
            answer(ctx, new ServerFrame.Refused(0, Problem.FULL));
        } else {
            come.run();
            ctx.response().exceptionHandler(gone -> held.answer(java.util.List.of()));
            ctx.response().closeHandler(gone -> held.answer(java.util.List.of()));
            answer(ctx, held.hold(vertx, live.policy().pollHold().toMillis()).onComplete(done -> {
                heard.run();
                go.run();
                places.release();
            }));
        }
    }

    private static String text(RoutingContext ctx) {
        return ctx.body().buffer() == null ? "" : ctx.body().buffer().toString(StandardCharsets.UTF_8);
    }

    private static void answer(RoutingContext ctx, Future<ServerFrame> answer) {
        answer.onSuccess(frame -> answer(ctx, frame)).onFailure(failed -> answer(ctx, new ServerFrame.Refused(0, Problem.BUSY)));
    }

    private static void answer(RoutingContext ctx, ServerFrame frame) {
        if (frame instanceof ServerFrame.Refused refused) {
            RefusalHandler.note(ctx, refused.problem());
            json(ctx, refused.problem().status(), frame.text());
        } else {
            json(ctx, 200, frame.text());
        }
    }

    private static void json(RoutingContext ctx, int status, String text) {
        if (!ctx.response().ended() && !ctx.response().closed()) {
            ctx.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json").putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(text);
        }
    }
}
