package nl.naast.boot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.access.RefusalHandler;
import nl.naast.audit.AuditModule;
import nl.naast.conversation.ConversationModule;
import nl.naast.desk.DeskModule;
import nl.naast.guide.GuideRefused;
import nl.naast.live.LiveModule;
import nl.naast.metrics.MetricsModule;
import nl.naast.metrics.Readings;
import nl.naast.platform.Clock;
import nl.naast.platform.KeyFileWrap;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.RandomSource;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.StoreRefused;
import nl.naast.platform.Wrap;
import nl.naast.queue.QueueModule;
import nl.naast.retention.RetentionModule;
import nl.naast.staff.StaffModule;
import nl.naast.trust.TrustModule;
import nl.naast.vault.VaultModule;

/** Puts the house together: opens the store, calls each capability's Module once, top-down, and binds the three listeners. */
public final class Helpline {
    private static final int REQUESTS = 2_000;
    private static final int OPS_CONNECTIONS = 100;
    /** docs/retention.md. */
    static final Duration AUDIT_KEPT = Duration.ofDays(365);

    private final Vertx vertx;
    private final Store store;
    private final Health health;
    private final AuditModule audit;
    private final StaffHouse staff;
    private final Talks talks;
    private final RetentionModule retention;
    private final MetricsModule metrics;
    private final List<Purge> purges;
    private Map<String, Router> mounted = Map.of();
    private List<Listener> listeners = List.of();

    private Helpline(Vertx vertx, Store store, Wrap wrap, Clock clock, Settings settings) {
        this.vertx = vertx;
        this.store = store;
        this.health = new Health(store);
        this.audit = new AuditModule(store, wrap, clock, AUDIT_KEPT);
        this.staff = new StaffHouse(vertx, store, wrap, clock, audit.trail(), settings, origin(settings.listen().staffOrigin(), settings.listen().staffPort()));
        this.talks = new Talks(vertx, store, wrap, clock, settings, staff);
        this.purges = Stream.of(talks.purges(), staff.purges(), audit.purges()).flatMap(List::stream).toList();
        this.retention = new RetentionModule(vertx, store, clock, audit.trail(), purges);
        this.metrics = new MetricsModule(clock, new Readings(talks.conversations()::open, staff.trust()::rosterUntil, talks.live()::visitorsOpen, talks.live()::desksOpen, talks.live()::others, version(), settings.mongo().isPresent() ? "mongodb" : "sqlite"));
        talks.watch(metrics);
        staff.onStopped(talks.desks());
        staff.onDisplaced(talks.displaced());
    }

    /** The addresses really bound, as a browser writes them. */
    public record Addresses(String visitorPage, String desk, String ops) {
    }

    /** @return a running house, or a failure whose message an operator can act on */
    public static Future<Helpline> start(Vertx vertx, Settings settings) {
        return start(vertx, settings, Clock.system());
    }

    /** @param clock whatever expires goes by it */
    static Future<Helpline> start(Vertx vertx, Settings settings, Clock clock) {
        try {
            Wrap wrap = KeyFileWrap.at(settings.keyFile(), RandomSource.system());
            Store store = store(vertx, settings, wrap);
            Helpline helpline = new Helpline(vertx, store, wrap, clock, settings);
            return helpline.listen(settings).map(helpline);
        } catch (IOException | StoreRefused | GuideRefused refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Store store(Vertx vertx, Settings settings, Wrap wrap) {
        return settings.mongo().<Store>map(at -> MongoStore.open(vertx, at.text(), wrap, tables())).orElseGet(() -> SqliteStore.open(vertx, settings.dataDirectory(), migrations()));
    }

    static List<MongoTables> tables() {
        return List.of(AuditModule.tables(), StaffModule.tables(), TrustModule.tables(), VaultModule.tables(), ConversationModule.tables(), DeskModule.tables(), QueueModule.tables(), LiveModule.tables());
    }

    /** Numbered here, once and for all: a number that was ever released is never given to another step. */
    static List<Migration> migrations() {
        return List.of(AuditModule.migration(1), StaffModule.migration(2), TrustModule.migration(3), ConversationModule.migration(4), DeskModule.migration(5), QueueModule.migration(6),
            ConversationModule.relayMigration(7), VaultModule.migration(8), StaffModule.resets(9), TrustModule.onePiece(10), ConversationModule.guestMigration(11));
    }

    private Future<Void> listen(Settings settings) throws IOException {
        Settings.Listen at = settings.listen();
        String visitorOrigin = origin(at.visitorOrigin(), at.visitorPort());
        String staffOrigin = origin(at.staffOrigin(), at.staffPort());
        HeadersHandler visitorHeaders = new HeadersHandler(Side.VISITOR, visitorOrigin);
        HeadersHandler staffHeaders = new HeadersHandler(Side.STAFF, staffOrigin);
        Router visitor = router(Side.VISITOR, settings.pagesDirectory(), visitorHeaders);
        Router staffRouter = router(Side.STAFF, settings.pagesDirectory(), staffHeaders);
        talks.live().routes().visitor(visitor, visitorOrigin);
        talks.live().routes().staff(staffRouter, staffOrigin, staff.staff().sessions());
        staff.mount(staffRouter);
        staff.start();
        Router ops = health.router(vertx);
        metrics.routes().mount(ops);
        // Twice a frame, so that one that is a little too large is still read and told so.
        int message = 2 * settings.limits().frameBytes();
        // Sockets and held polls have a limit of their own; the rest is for requests that come and go.
        int most = settings.limits().sockets() + REQUESTS;
        mounted = Map.of("visitor", visitor, "staff", staffRouter, "health", ops);
        return Future.all(Listener.bind(vertx, visitor, visitorHeaders::invalid, at.address(), at.visitorPort(), most, message),
                Listener.bind(vertx, staffRouter, staffHeaders::invalid, at.address(), at.staffPort(), most, message),
                Listener.bind(vertx, ops, HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER, "127.0.0.1", at.opsPort(), OPS_CONNECTIONS, message))
            .compose(bound -> {
                listeners = bound.list();
                return talks.live().hear();
            })
            .onSuccess(heard -> {
                talks.live().start();
                retention.start(settings.times().sweep());
                health.open(true);
            });
    }

    private static String origin(String configured, int port) {
        return configured.isEmpty() ? "http://localhost:" + port : configured;
    }

    private Router router(Side side, Path pages, HeadersHandler headers) throws IOException {
        Router router = Router.router(vertx);
        router.route().handler(headers);
        router.route().handler(this::countRefusal);
        FailureHandler failure = new FailureHandler();
        router.route().failureHandler(failure);
        List.of(404, 405).forEach(status -> router.errorHandler(status, failure));
        new PagesHandler(Pages.read(pages, side)).mount(router);
        return router;
    }

    private void countRefusal(RoutingContext ctx) {
        ctx.addHeadersEndHandler(before -> RefusalHandler.noted(ctx).ifPresent(metrics.watch()::refused));
        ctx.next();
    }

    /** As built; a program that runs from its classes has none. */
    private static String version() {
        return Optional.ofNullable(Helpline.class.getPackage().getImplementationVersion()).orElse("unbuilt");
    }

    /** Everything that answers, by origin: docs/roles.md has a row for each. */
    Map<String, Router> mounted() {
        return mounted;
    }

    /** Everything that the sweep looks at. */
    List<Purge> purges() {
        return purges;
    }

    public Addresses addresses() {
        return new Addresses("http://localhost:" + listeners.get(0).port() + "/", "http://localhost:" + listeners.get(1).port() + "/desk", "http://localhost:" + listeners.get(2).port());
    }

    /** Which store runs, and where, without a password. */
    public String store() {
        return store.name();
    }

    /** The first person's invitation, while nobody has registered. */
    public Future<Optional<String>> firstInvitation() {
        return staff.firstInvitation();
    }

    /** Not ready, then sockets are told to come back, then no new connections, then the open ones at the most five seconds, then the store; the store's closing waits for its writer, so it runs beside the event loop. */
    public Future<Void> stop() {
        health.open(false);
        Future<Void> swept = retention.stop();
        return talks.drain(Duration.ofSeconds(5)).compose(drained -> swept).compose(drained -> Future.join(listeners.stream().map(listener -> listener.drain(Duration.ofSeconds(5))).toList()))
            .eventually(() -> vertx.executeBlocking(this::closeStore, false)).eventually(vertx::close).mapEmpty();
    }

    private Void closeStore() {
        store.close();
        return null;
    }
}
