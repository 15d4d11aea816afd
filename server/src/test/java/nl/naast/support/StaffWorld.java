package nl.naast.support;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.naast.abuse.AbuseModule;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffId;
import nl.naast.access.StaffStopped;
import nl.naast.access.TokenHash;
import nl.naast.audit.AuditModule;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.guide.GuideModule;
import nl.naast.house.MovableClock;
import nl.naast.platform.Base64Url;
import nl.naast.platform.KeyFileWrap;
import nl.naast.platform.RandomSource;
import nl.naast.platform.SecretBytes;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import nl.naast.staff.StaffModule;
import nl.naast.staff.StaffRules;
import nl.naast.trial.TrialKeys;
import nl.naast.trial.TrialSigner;
import nl.naast.trust.Displaced;
import nl.naast.trust.TrustModule;
import nl.naast.trust.TrustRules;
import nl.naast.vault.VaultModule;
import nl.naast.vault.VaultRules;

/** The staff's half of the server over real HTTP, on a real store, with the real trial signer beside it and a clock that can be moved. */
public final class StaffWorld implements AutoCloseable {
    public static final String ORIGIN = "http://localhost:8081";

    /** One call of {@link StaffStopped}. */
    public record Stop(StaffId who, Optional<TokenHash> session, StaffStopped.Why why) {
    }

    public final MovableClock clock = new MovableClock();
    /** Who was overtaken, each with the newest roster's version as it was when she was told. */
    public final List<String> overtaken = new CopyOnWriteArrayList<>();
    public final List<Stop> stops = new CopyOnWriteArrayList<>();
    public final Path directory;
    public final Vertx vertx = Vertx.vertx();
    public final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    public SqliteStore store;
    public Wrap wrap;
    public AuditModule audit;
    public StaffModule staff;
    public TrustModule trust;
    public VaultModule vault;
    public StaffApiRoutes api;
    /** Who had to stop because her statement is not served any more, each with why. */
    public final List<String> displaced = new CopyOnWriteArrayList<>();
    private final Optional<byte[]> root;
    private TrialSigner signer;
    private HttpServer server;

    public StaffWorld(Path directory) throws IOException {
        this(directory, Optional.empty());
    }

    /** @param root the organisation's, with which nothing here is signed; empty: a trial */
    public StaffWorld(Path directory, Optional<byte[]> root) throws IOException {
        this.directory = directory;
        this.root = root;
        TrialKeys.ensure(directory.resolve("trial"), clock.now());
        signerOn();
        start();
    }

    private void start() throws IOException {
        wrap = KeyFileWrap.at(directory.resolve("naast.key"), RandomSource.system());
        store = SqliteStore.open(vertx, directory, List.of(AuditModule.migration(1), StaffModule.migration(2), TrustModule.migration(3), StaffModule.resets(4), VaultModule.migration(5), TrustModule.onePiece(6)));
        audit = new AuditModule(store, wrap, clock, Duration.ofDays(365));
        staff = new StaffModule(vertx, store, wrap, clock, RandomSource.system(), audit.trail(), StaffRules.standard(ORIGIN, "Naast", root.isEmpty()), this::stopped);
        trust = new TrustModule(vertx, store, wrap, clock, staff.directory(), audit.trail(), new TrustRules("Naast", root, urlFile()), new AbuseModule(clock).slowLimit(6, 20), desks());
        Router router = Router.router(vertx);
        api = new StaffApiRoutes(router, staff.sessions(), ORIGIN);
        staff.mount(api);
        trust.mount(api);
        vault = new VaultModule(store, wrap, clock, VaultRules.standard(), new AbuseModule(clock).rateLimit(10, 300), staff.directory(), staff.proved(), staff::active);
        vault.mount(api);
        new GuideModule(Path.of("../config/guide.json")).mount(api);
        server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    private Displaced desks() {
        return new Displaced() {
            @Override
            public Future<Void> overtaken(StaffId who, TokenHash by) {
                return StaffWorld.this.overtaken(who);
            }

            @Override
            public Future<Void> stopped(StaffId who, boolean revoked) {
                return trust.rosterUntil().onSuccess(now -> displaced.add(who.id().text() + (revoked ? " revoked" : " replaced"))).mapEmpty();
            }
        };
    }

    private Future<Void> overtaken(StaffId who) {
        return trust.proofOf(who).map(proof -> {
            overtaken.add(who.id().text() + " " + Roster.parse(Signed.parse(proof.orElseThrow().roster()).unsigned()).version());
            return null;
        });
    }

    /** As a newer desk at another computer does it. */
    public void lock(Browser browser) {
        try (SecretBytes token = SecretBytes.take(Base64Url.decode(browser.cookie.split("=", 2)[1]).orElseThrow())) {
            await(staff.sessions().lock(TokenHash.ofSession(wrap, token)));
        }
    }

    private void stopped(StaffId who, Optional<TokenHash> session, StaffStopped.Why why) {
        stops.add(new Stop(who, session, why));
        trust.stopped(who, session, why);
        vault.stopped(who, session, why);
    }

    /** As after the death of the process: everything that was in memory is gone. */
    public void restart() throws IOException {
        await(server.close());
        store.close();
        start();
    }

    private Path urlFile() {
        return directory.resolve("signer.url");
    }

    public void signerOn() throws IOException {
        signer = TrialSigner.start(directory.resolve("trial"), InetAddress.ofLiteral("127.0.0.1"), clock::now);
        Files.writeString(urlFile(), signer.url() + "\n");
    }

    public void signerOff() {
        signer.close();
    }

    public byte[] root() throws IOException {
        return nl.naast.platform.Base64Url.decode(Files.readString(directory.resolve("trial/root.pub")).strip()).orElseThrow();
    }

    int port() {
        return server.actualPort();
    }

    /** Where it listens, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public Browser browser() {
        return new Browser(http, this::port, ORIGIN);
    }

    /** The first person, administrator and expert, signed in. */
    public Browser first() {
        return browser().registered(await(staff.firstInvitation()).orElseThrow());
    }

    /** Somebody else, invited by an administrator, signed in. */
    public Browser invited(Browser administrator, String alias, String... roles) {
        return administrator.invited(alias, roles);
    }

    public static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(server.close());
        store.close();
        signer.close();
        http.close();
        await(vertx.close());
    }
}
