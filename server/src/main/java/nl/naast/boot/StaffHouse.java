package nl.naast.boot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nl.naast.abuse.AbuseModule;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffId;
import nl.naast.access.StaffStopped;
import nl.naast.access.TokenHash;
import nl.naast.audit.AuditTrail;
import nl.naast.guide.GuideModule;
import nl.naast.platform.Clock;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.Purge;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;
import nl.naast.staff.StaffModule;
import nl.naast.staff.StaffRules;
import nl.naast.trust.Displaced;
import nl.naast.trust.TrustModule;
import nl.naast.trust.TrustRules;
import nl.naast.vault.VaultModule;
import nl.naast.vault.VaultRules;

/** The staff's half of the house: people, statements, guide, and who is told when somebody is stopped. */
final class StaffHouse {
    /** Soon after the start, when the signing process is up too; then often enough that a roster never grows old for want of a try. */
    private static final long FIRST_RENEWAL_MS = Duration.ofSeconds(5).toMillis();
    private static final long RENEWAL_MS = Duration.ofMinutes(10).toMillis();

    /** Of one member of staff: a desk brings one when it opens, and asks six times in all while the signing process is away. */
    private static final int STATEMENTS_A_MINUTE = 6;
    private static final int STATEMENTS_AT_ONCE = 20;

    /** Of one member of staff: a desk with two conversations writes a few times a second, and puts all that it finds once more when it opens. */
    private static final int VAULT_WRITES_A_SECOND = 10;
    private static final int VAULT_WRITES_AT_ONCE = 300;

    private final Vertx vertx;
    private final StaffModule staff;
    private final TrustModule trust;
    private final VaultModule vault;
    private final GuideModule guide;
    private final String origin;
    private final boolean trial;
    private final List<StaffStopped> listeners = new CopyOnWriteArrayList<>();
    /** The desks are made later: there is nothing to give back before. */
    private volatile Optional<Displaced> desks = Optional.empty();

    /** @param origin of the staff pages, without a slash at the end */
    StaffHouse(Vertx vertx, Store store, Wrap wrap, Clock clock, AuditTrail audit, Settings settings, String origin) {
        Settings.Staff named = settings.staff();
        this.vertx = vertx;
        this.origin = origin;
        this.trial = settings.trial().enabled();
        this.staff = new StaffModule(vertx, store, wrap, clock, RandomSource.system(), audit, StaffRules.standard(origin, named.organisation(), trial), this::stopped);
        this.trust = new TrustModule(vertx, store, wrap, clock, staff.directory(), audit, new TrustRules(named.organisation(), settings.root(), settings.trial().signerUrlFile()),
            new AbuseModule(clock).slowLimit(STATEMENTS_A_MINUTE, STATEMENTS_AT_ONCE), displaced());
        this.vault = new VaultModule(store, wrap, clock, VaultRules.standard(), new AbuseModule(clock).rateLimit(VAULT_WRITES_A_SECOND, VAULT_WRITES_AT_ONCE), staff.directory(), staff.proved(), staff::active);
        this.guide = new GuideModule(named.guide());
        listeners.addAll(List.of(trust, vault));
    }

    private Displaced displaced() {
        return new Displaced() {
            @Override
            public Future<Void> overtaken(StaffId who, TokenHash by) {
                return desks.map(made -> made.overtaken(who, by)).orElse(Future.succeededFuture());
            }

            @Override
            public Future<Void> stopped(StaffId who, boolean revoked) {
                return desks.map(made -> made.stopped(who, revoked)).orElse(Future.succeededFuture());
            }
        };
    }

    private void stopped(StaffId who, Optional<TokenHash> session, StaffStopped.Why why) {
        listeners.forEach(listener -> listener.stopped(who, session, why));
    }

    /** To be told, after the change is stored, when somebody may not go on. */
    void onStopped(StaffStopped listener) {
        listeners.add(listener);
    }

    /** To be asked before somebody's desk has no statement any more. */
    void onDisplaced(Displaced made) {
        desks = Optional.of(made);
    }

    /** @param more routes of the staff that are not made here */
    void mount(Router router, Consumer<StaffApiRoutes> more) {
        StaffApiRoutes api = new StaffApiRoutes(router, staff.sessions(), origin);
        staff.mount(api);
        trust.mount(api);
        vault.mount(api);
        guide.mount(api);
        more.accept(api);
    }

    /** Keeps the roster young from now on. */
    void start() {
        vertx.setPeriodic(FIRST_RENEWAL_MS, RENEWAL_MS, timer -> trust.renew().onFailure(failed -> Log.say(LogCode.ROSTER_NOT_RENEWED, failed)));
    }

    /** While nobody has registered. */
    Future<Optional<String>> firstInvitation() {
        return staff.firstInvitation();
    }

    /** Whether she may take somebody: D1, but in a trial, where nobody real comes. */
    Future<Boolean> ready(StaffId expert) {
        return trial ? Future.succeededFuture(true) : staff.hasTwoPasskeys(expert);
    }

    StaffModule staff() {
        return staff;
    }

    TrustModule trust() {
        return trust;
    }

    List<Purge> purges() {
        return Stream.of(staff.purges(), trust.purges(), vault.purges()).flatMap(List::stream).toList();
    }
}
