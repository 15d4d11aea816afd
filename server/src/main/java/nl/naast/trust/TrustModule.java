package nl.naast.trust;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import nl.naast.abuse.RateLimit;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.access.StaffStopped;
import nl.naast.access.TokenHash;
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
    /** Of a statement, and of the revocation that stands in for it. */
    private static final Duration LONGEST = Duration.ofSeconds(Statement.LONGEST_SECONDS);

    private final Ledgers ledgers;
    private final List<Purge> purges;
    private final RenewRoster renew;
    private final TrustRoutes routes;

    /**
     * @param organisation  the name that every statement must carry
     * @param signerUrlFile where the trial signing process writes its address; it may come later
     * @param statements    how often each member of staff may bring a statement
     * @param overtaken     gives back, in words, what somebody has under the statement that a newer one is about to replace; when it fails, nothing is replaced. Gets the session in which the newer one was made
     */
    public TrustModule(Vertx vertx, Store store, Wrap wrap, Clock clock, StaffDirectory directory, String organisation, Path signerUrlFile, RateLimit statements, BiFunction<StaffId, TokenHash, Future<Void>> overtaken) {
        switch (store) {
            case SqliteStore sqlite -> {
                this.ledgers = new SqliteLedgers(sqlite, wrap, clock);
                this.purges = List.of(store.purge("statement", "trust_statement", LONGEST), store.purge("revocation", "trust_revocation", LONGEST));
            }
            case MongoStore mongo -> {
                MongoLedgers kind = new MongoLedgers(mongo, wrap, clock);
                this.ledgers = kind;
                this.purges = kind.purges(LONGEST);
            }
        }
        TrialSignerClient signer = new TrialSignerClient(vertx, signerUrlFile);
        Rosters rosters = new Rosters(ledgers, signer, clock);
        this.renew = new RenewRoster(ledgers, rosters, directory, clock);
        this.routes = new TrustRoutes(new RegisterStatement(rosters, renew, signer, directory, overtaken, organisation, clock), statements);
    }

    public static Migration migration(int number) {
        return new Migration(number, "trust", SqliteLedgers.SCHEMA);
    }

    public static MongoTables tables() {
        return MongoLedgers.tables();
    }

    public void mount(StaffApiRoutes api) {
        routes.mount(api);
    }

    /** What a visitor's client needs to believe somebody. @return empty when she has no valid statement, was suspended, or the roster has run out */
    public Future<Optional<Proof>> proofOf(StaffId who) {
        return ledgers.read().map(ledger -> ledger.of(who).flatMap(entry -> ledger.roster().map(roster ->
            new Proof(entry.bytes(), roster.bytes(), revocations(ledger)))));
    }

    /** Every revocation that still matters, as its bytes. */
    public Future<List<byte[]>> revocations() {
        return ledgers.read().map(TrustModule::revocations);
    }

    private static List<byte[]> revocations(Ledger ledger) {
        return ledger.revocations().stream().map(Ledger.SignedRevocation::bytes).toList();
    }

    /** When the roster that clients are given runs out. @return empty when there is none, or it has */
    public Future<Optional<Instant>> rosterUntil() {
        return ledgers.read().map(ledger -> ledger.roster().map(Ledger.SignedRoster::validUntil));
    }

    /**
     * To be called soon after the start and every few minutes: signs a new roster each day, and what a suspension left to be signed.
     *
     * @return fails when the signing process is away; nothing is lost, the next call does it
     */
    public Future<Void> renew() {
        return renew.renew();
    }

    /** A suspended person's statement is served no more, and revoked. */
    @Override
    public void stopped(StaffId who, Optional<TokenHash> session, Why why) {
        if (why == Why.SUSPENDED) {
            renew.withdrawAlone(who);
        }
    }

    /** The rows of docs/retention.md that are this package's. The roster is written over, never destroyed: its version must not begin anew. */
    public List<Purge> purges() {
        return purges;
    }
}
