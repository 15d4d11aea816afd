package nl.naast.house;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nl.naast.abuse.AbuseModule;
import nl.naast.access.Caller;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.access.StaffSessions;
import nl.naast.access.TokenHash;
import nl.naast.audit.AuditModule;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Policy;
import nl.naast.desk.DeskModule;
import nl.naast.live.LiveAnnouncer;
import nl.naast.live.LiveModule;
import nl.naast.live.LivePolicy;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.KeyFileWrap;
import nl.naast.platform.Purge;
import nl.naast.platform.RandomSource;
import nl.naast.platform.SecretBytes;
import nl.naast.platform.MongoStore;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;
import nl.naast.queue.Proofs;
import nl.naast.queue.QueueModule;
import nl.naast.queue.QueuePolicy;
import nl.naast.retention.RetentionModule;

/** The capabilities of conversation, queue, desk and live as boot puts them together, over a real store and real sockets, with staff who need not sign in and a clock that can be moved. */
public final class House implements Origins, AutoCloseable {
    /** The limits and times of the house; the defaults are those of config/naast.properties. */
    public static final class Rules {
        public int rate = 1_000_000;
        public int burst = 1_000_000;
        public int joins = 1_000_000;
        public int waiting = 500;
        public int open = 2000;
        public int sockets = 10_000;
        public int unacknowledged = 5000;
        public int slots = 2;
        public Duration pollHold = Duration.ofMillis(600);
    }

    public static final Duration ENVELOPE_LIFE = Duration.ofDays(7);
    public static final Duration OPEN_LIFE = Duration.ofDays(30);
    public static final Duration EXPERT_AWAY = Duration.ofMinutes(10);
    /** Stands in for a record that a signer made. */
    public static final byte[] REVOCATION = {7, 8, 9};
    public static final Duration AFTER_END = Duration.ofHours(24);

    public final Vertx vertx;
    private final Store store;
    public final Wrap wrap;
    public final Clock clock;
    public final ConversationModule conversations;
    public final QueueModule queue;
    public final DeskModule desks;
    public final LiveModule live;
    public final AuditModule audit;
    public final RetentionModule retention;
    private final Map<String, StaffSession> sessions = new ConcurrentHashMap<>();
    private final Set<StaffId> withoutStatement = ConcurrentHashMap.newKeySet();
    private final Set<StaffId> onePasskey = ConcurrentHashMap.newKeySet();
    private final Set<StaffId> revoked = ConcurrentHashMap.newKeySet();
    /** As a number the ledger's change, and the last byte of its roster. */
    private final AtomicInteger papers = new AtomicInteger(6);
    private HttpServer visitorServer;
    private HttpServer staffServer;
    private boolean closed;

    private House(Vertx vertx, Store store, Wrap wrap, Clock clock, Rules rules, boolean several) {
        this.vertx = vertx;
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
        LiveAnnouncer announcer = new LiveAnnouncer(vertx, store, wrap, clock, several);
        this.audit = new AuditModule(store, wrap, clock, Duration.ofDays(365));
        this.conversations = new ConversationModule(store, wrap, clock, new Policy(ENVELOPE_LIFE, OPEN_LIFE, AFTER_END, 16_384, rules.unacknowledged), announcer);
        this.desks = new DeskModule(store, wrap, clock, Duration.ofDays(90), conversations, announcer, sessions());
        QueuePolicy policy = new QueuePolicy(Set.of("nl", "en", "ar"), rules.waiting, rules.open, rules.slots, 4096, OPEN_LIFE, AFTER_END, Duration.ofDays(7));
        Proofs proofs = proofs();
        this.queue = new QueueModule(store, wrap, clock, policy, new AbuseModule(clock).rateLimit(rules.joins, rules.joins), conversations, desks, proofs, staff -> Future.succeededFuture(!onePasskey.contains(staff)), announcer);
        LivePolicy live = new LivePolicy(32_768, 256, 20, rules.slots, rules.sockets, rules.pollHold, Duration.ofSeconds(45), Duration.ofMinutes(30), Duration.ofSeconds(60), Duration.ofSeconds(30), EXPERT_AWAY, AFTER_END);
        this.live = new LiveModule(vertx, announcer, conversations, queue, desks, proofs, new AbuseModule(clock).rateLimit(rules.rate, rules.burst), wrap, clock, live);
        this.retention = new RetentionModule(vertx, store, clock, audit.trail(), purges());
    }

    public static House open(Vertx vertx, Path directory, Clock clock, Rules rules) throws Exception {
        Wrap wrap = wrap(directory);
        SqliteStore store = SqliteStore.open(vertx, directory, List.of(AuditModule.migration(1), ConversationModule.migration(2), DeskModule.migration(3), QueueModule.migration(4), ConversationModule.relayMigration(5), ConversationModule.guestMigration(6)));
        return listening(new House(vertx, store, wrap, clock, rules, false));
    }

    /** One of several on one database: their event bus is that of {@code vertx}, their key the same. @param uri of the database @param bus whether they tell each other over it */
    public static House oneOfSeveral(Vertx vertx, Path directory, Clock clock, String uri, boolean bus) throws Exception {
        Wrap wrap = wrap(directory);
        MongoStore store = MongoStore.open(vertx, uri, wrap, List.of(AuditModule.tables(), ConversationModule.tables(), DeskModule.tables(), QueueModule.tables(), LiveModule.tables()));
        House house = listening(new House(vertx, store, wrap, clock, new Rules(), bus));
        await(house.live.hear());
        return house;
    }

    private static House listening(House house) throws Exception {
        house.listen();
        return house;
    }

    /** Its database is away from now on, and only for it. */
    public void loseStore() {
        store.close();
    }

    /** The store, where it is the embedded one. */
    public SqliteStore sqlite() {
        return (SqliteStore) store;
    }

    private static Wrap wrap(Path directory) throws IOException {
        return KeyFileWrap.at(directory.resolve("naast.key"), RandomSource.system());
    }

    private void listen() throws Exception {
        Router visitor = Router.router(vertx);
        Router staff = Router.router(vertx);
        visitorServer = await(server(visitor));
        staffServer = await(server(staff));
        live.routes().visitor(visitor, visitorOrigin());
        live.routes().staff(staff, staffOrigin(), sessions());
    }

    private Future<HttpServer> server(Router router) {
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0).setMaxWebSocketFrameSize(64 * 1024).setMaxWebSocketMessageSize(64 * 1024);
        return vertx.createHttpServer(options).requestHandler(router).listen();
    }

    private Proofs proofs() {
        return new Proofs() {
            @Override
            public Future<Optional<Proof>> proofOf(StaffId staff) {
                return Future.succeededFuture(withoutStatement.contains(staff) ? Optional.empty() : Optional.of(new Proof(new byte[] {1, 2, 3}, roster(), List.of())));
            }

            @Override
            public Future<Optional<Proof>> proofOfCoordinator(StaffId staff) {
                return Future.succeededFuture(withoutStatement.contains(staff) ? Optional.empty() : Optional.of(new Proof(new byte[] {1, 2, 4}, roster(), List.of())));
            }

            @Override
            public Future<Papers> papers() {
                return Future.succeededFuture(new Papers(papers.get(), Optional.of(roster()), revoked.isEmpty() ? List.of() : List.of(new byte[] {7, 8, 9}), who -> !withoutStatement.contains(who), revoked::contains,
                    who -> !withoutStatement.contains(who)));
            }
        };
    }

    private byte[] roster() {
        return new byte[] {4, 5, (byte) papers.get()};
    }

    @Override
    public int visitorPort() {
        return visitorServer.actualPort();
    }

    @Override
    public int staffPort() {
        return staffServer.actualPort();
    }

    @Override
    public String visitorOrigin() {
        return "http://localhost:" + visitorPort();
    }

    @Override
    public String staffOrigin() {
        return "http://localhost:" + staffPort();
    }

    /** Stands in for the sign-in of package {@code staff}: a token is good while it is in the map. */
    public StaffSessions sessions() {
        return new StaffSessions() {
            @Override
            public Future<Optional<StaffSession>> byToken(SecretBytes token) {
                return Future.succeededFuture(Optional.ofNullable(sessions.get(Base64Url.encode(token.expose()))));
            }

            @Override
            public Future<Optional<StaffSession>> still(TokenHash token) {
                return Future.succeededFuture(sessions.values().stream().filter(session -> session.token().equals(token)).findFirst());
            }

            @Override
            public Future<Void> lock(TokenHash token) {
                sessions.values().removeIf(session -> session.token().equals(token));
                return Future.succeededFuture();
            }
        };
    }

    /** Somebody of the staff who is signed in; the text is what her cookie holds. */
    public record SignedIn(StaffId id, String cookie) {
    }

    public SignedIn signIn(Set<Role> roles, String... languages) {
        return signIn(new StaffId(Id16.random(RandomSource.system())), roles, languages);
    }

    /** The same person once more, in another browser. */
    public SignedIn signIn(StaffId id, Set<Role> roles, String... languages) {
        byte[] token = MlsBytes.random(32);
        String cookie = Base64Url.encode(token);
        SignedIn her = new SignedIn(id, cookie);
        sessions.put(cookie, new StaffSession(new Caller.Staff(id, roles), Set.of(languages), session(her), Instant.MAX));
        return her;
    }

    /** The tag of her session. */
    public TokenHash session(SignedIn who) {
        return TokenHash.ofSession(wrap, SecretBytes.take(Base64Url.decode(who.cookie()).orElseThrow()));
    }

    /** Her session ends, and everybody who keeps something open for her is told. */
    public void signOut(SignedIn who) throws Exception {
        forget(who);
        await(desks.releaseAll(who.id(), Optional.of(session(who))));
    }

    /** Her session ends, and nobody is told. */
    public void forget(SignedIn who) {
        sessions.remove(who.cookie());
    }

    public void withoutStatement(StaffId staff) {
        withoutStatement.add(staff);
    }

    /** She has one passkey only, outside of a trial: she is not ready to take anybody. */
    public void onePasskey(StaffId staff) {
        onePasskey.add(staff);
    }

    /** A signer's record, or a newer roster, is in the ledger; nothing was done about it yet. */
    public void revoked(StaffId staff) {
        revoked.add(staff);
        withoutStatement.add(staff);
        papers.incrementAndGet();
    }

    /** A newer roster is in the ledger. */
    public void newRoster() {
        papers.incrementAndGet();
    }

    public List<Purge> purges() {
        return java.util.stream.Stream.of(audit.purges(), conversations.purges(), desks.purges(), queue.purges()).flatMap(List::stream).toList();
    }

    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (!closed) {
            closed = true;
            await(visitorServer.close());
            await(staffServer.close());
            store.close();
        }
    }
}
