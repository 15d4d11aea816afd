package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.access.ProvedActs;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSessions;
import nl.naast.access.StaffStopped;
import nl.naast.audit.AuditTrail;
import nl.naast.platform.Clock;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.RandomSource;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** The door of the staff's people: who they are, how they sign in, and how that ends. */
public final class StaffModule {
    private final Store store;
    private final StaffRules rules;
    private final StaffStores stores;
    private final SignIn signIn;
    private final Invite invite;
    private final KeepPasskeys passkeys;
    private final StaffRoutes routes;
    private final ProveAct proofs;
    private final PasskeyRoutes passkeyRoutes;
    private final CoordinatorRoutes coordinatorRoutes;

    /** @param stopped told after somebody was locked out, signed out or suspended */
    public StaffModule(Vertx vertx, Store store, Wrap wrap, Clock clock, RandomSource random, AuditTrail audit, StaffRules rules, StaffStopped stopped) {
        this.store = store;
        this.rules = rules;
        this.stores = StaffStores.in(store, wrap, clock);
        Passkeys webAuthn = new Passkeys(vertx, rules, stores.people(), clock);
        Ask ask = new Ask(stores.challenges(), rules, clock, wrap);
        this.signIn = new SignIn(stores, ask, webAuthn, stopped, rules, wrap, clock, random);
        this.invite = new Invite(stores.invitations(), audit, rules, clock, random);
        Register register = new Register(stores.people(), stores.invitations(), ask, webAuthn, audit, random);
        Suspend suspend = new Suspend(stores, stopped, audit);
        this.proofs = new ProveAct(stores, ask, webAuthn, wrap, clock, random);
        this.passkeys = new KeepPasskeys(stores.people(), ask, webAuthn, signIn, proofs, audit, wrap);
        this.routes = new StaffRoutes(register, signIn, invite, suspend, passkeys, rules);
        this.passkeyRoutes = new PasskeyRoutes(passkeys, proofs);
        this.coordinatorRoutes = new CoordinatorRoutes(new ResetPerson(stores.resets(), invite, suspend, audit), new Duty(stores));
    }

    public static Migration migration(int number) {
        return new Migration(number, "staff", StaffSchema.STATEMENTS);
    }

    /** The step after {@link #migration}: who shall begin anew. */
    public static Migration resets(int number) {
        return new Migration(number, "resets", StaffSchema.RESETS);
    }

    public static MongoTables tables() {
        return MongoStaffTables.tables();
    }

    public StaffSessions sessions() {
        return signIn;
    }

    /** What a session is too little for. */
    public ProvedActs proved() {
        return proofs;
    }

    public StaffDirectory directory() {
        return id -> stores.people().find(id).map(found -> found.filter(Person::active).map(Person::member));
    }

    /** Everybody who is on the staff now. */
    public Future<Set<StaffId>> active() {
        return stores.people().all().map(all -> all.stream().filter(Person::active).map(Person::id).collect(Collectors.toSet()));
    }

    /** D1: whether she can lose a passkey and come in by another. */
    public Future<Boolean> hasTwoPasskeys(StaffId who) {
        return passkeys.count(who).map(count -> count >= 2);
    }

    public void mount(StaffApiRoutes api) {
        routes.mount(api);
        passkeyRoutes.mount(api);
        coordinatorRoutes.mount(api);
    }

    /**
     * A fresh invitation for the first person, who is administrator and, in a trial, expert, else coordinator; the one of an earlier start is void.
     *
     * @return the link, or empty when somebody has registered
     */
    public Future<Optional<String>> firstInvitation() {
        return invite.first();
    }

    /** The rows of docs/retention.md that are this package's. */
    public List<Purge> purges() {
        Stream<Purge> passkeys = switch (store) {
            case SqliteStore sqlite -> Stream.of(store.purge("passkey of a suspended person", "staff_passkey", StaffRules.KEPT_SUSPENDED));
            // It goes with its person, in whose document it lies.
            case MongoStore mongo -> Stream.empty();
        };
        Stream<Purge> all = Stream.of(store.purge("staff session", "staff_session", rules.session()), store.purge("passkey challenge", "staff_challenge", rules.challenge()),
            store.purge("invitation", "staff_invitation", rules.invitation()), store.purge("reset", "staff_reset", StaffRules.RESET), store.purge("suspended person", "staff_person", StaffRules.KEPT_SUSPENDED));
        return Stream.concat(all, passkeys).toList();
    }
}
