package nl.naast.trust;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.abuse.RateLimit;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.access.StaffStopped;
import nl.naast.access.TokenHash;
import nl.naast.audit.AuditTrail;
import nl.naast.canon.Statement;
import nl.naast.platform.Clock;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** The door of statements and rosters. */
public final class TrustModule implements StaffStopped {
    /** Of a statement, signed or proposed, and of the revocation that stands in for it. */
    private static final Duration LONGEST = Duration.ofSeconds(Statement.LONGEST_SECONDS);

    private final Ledgers ledgers;
    private final RenewRoster renew;
    private final TrustRoutes statements;
    private final SigningRoutes signing;

    /**
     * @param statements how often each member of staff may bring a statement
     * @param displaced  is asked before somebody's desk has no statement any more
     */
    public TrustModule(Vertx vertx, Store store, Wrap wrap, Clock clock, StaffDirectory directory, AuditTrail audit, TrustRules rules, RateLimit statements, Displaced displaced) {
        this.ledgers = switch (store) {
            case SqliteStore sqlite -> new SqliteLedgers(sqlite, wrap, clock);
            case MongoStore mongo -> new MongoLedgers(mongo, wrap, clock);
        };
        Optional<TrialSignerClient> trial = rules.root().isPresent() ? Optional.empty() : Optional.of(new TrialSignerClient(vertx, rules.signerUrlFile()));
        Optional<Rosters> rosters = trial.map(signer -> new Rosters(ledgers, signer, clock));
        this.renew = new RenewRoster(ledgers, rosters, directory, clock);
        this.statements = new TrustRoutes(trial.<Present>map(signer -> new RegisterStatement(ledgers, rosters.orElseThrow(), renew, signer, directory, displaced, rules.organisation(), clock))
            .orElseGet(() -> new ProposeStatement(ledgers, renew, directory, rules.organisation(), clock)), statements);
        this.signing = new SigningRoutes(ledgers, rules.root().map(Signers::new).map(signers -> uses(signers, displaced, clock)), audit);
    }

    private SigningRoutes.Uses uses(Signers signers, Displaced displaced, Clock clock) {
        return new SigningRoutes.Uses(signers, new BringCertificate(ledgers, signers, clock), new SignStatement(ledgers, signers), new SignRoster(ledgers, signers, displaced, clock), new RevokeStatement(ledgers, signers, displaced, clock));
    }

    public static Migration migration(int number) {
        return new Migration(number, "trust", SqliteLedgers.SCHEMA);
    }

    /** All of it in one row. */
    public static Migration onePiece(int number) {
        return new Migration(number, "trust", SqliteLedgers.ONE_PIECE);
    }

    public static MongoTables tables() {
        return MongoLedgers.tables();
    }

    public void mount(StaffApiRoutes api) {
        statements.mount(api);
        signing.mount(api);
    }

    /** What a visitor's client needs to believe an expert. @return empty when the newest roster names no statement of hers, she was suspended or revoked, or the roster has run out */
    public Future<Optional<Proof>> proofOf(StaffId who) {
        return proofOf(who, Statement.Role.EXPERT);
    }

    /** The same of a coordinator, who looks along. */
    public Future<Optional<Proof>> proofOfCoordinator(StaffId who) {
        return proofOf(who, Statement.Role.COORDINATOR);
    }

    private Future<Optional<Proof>> proofOf(StaffId who, Statement.Role role) {
        return ledgers.read().map(ledger -> ledger.served(who, role).flatMap(entry -> ledger.roster().map(roster ->
            new Proof(entry.bytes(), roster.bytes(), ledger.revocations().stream().map(Ledger.SignedRevocation::bytes).toList()))));
    }

    /** The same of everybody, at one moment. */
    public Future<Papers> papers() {
        return ledgers.read().map(Papers::of);
    }

    /** When the roster that clients are given runs out. @return empty when there is none, or it has */
    public Future<Optional<Instant>> rosterUntil() {
        return ledgers.read().map(ledger -> ledger.roster().map(Ledger.SignedRoster::validUntil));
    }

    /**
     * To be called soon after the start and every few minutes: finishes suspensions; in a trial it signs a new roster each day, and what a suspension left to be signed.
     *
     * @return fails when the trial's signing process is away; nothing is lost, the next call does it
     */
    public Future<Void> renew() {
        return renew.renew();
    }

    /** A suspended person's statements are served no more; in a trial they are revoked too, else a signer does that. */
    @Override
    public void stopped(StaffId who, Optional<TokenHash> session, Why why) {
        if (why == Why.SUSPENDED) {
            renew.withdrawAlone(who);
        }
    }

    /** The rows of docs/retention.md that are this package's. The roster is written over, never destroyed: its version must not begin anew. */
    public List<Purge> purges() {
        return LedgerPurge.all(ledgers, LONGEST);
    }
}
