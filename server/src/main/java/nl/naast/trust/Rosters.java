package nl.naast.trust;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.canon.Malformed;
import nl.naast.canon.Revocation;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Clock;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledger.SignedRoster;
import nl.naast.trust.Ledgers.Revoked;
import nl.naast.trust.Ledgers.Step;

/** Makes the next roster: what stands, what is new, without what was withdrawn; has it signed, and keeps it if nobody was faster. */
final class Rosters {
    private static final Duration VALID = Duration.ofSeconds(Roster.LONGEST_SECONDS);
    private static final int TRIES = 5;

    private final Ledgers ledgers;
    private final TrialSignerClient signer;
    private final Clock clock;

    Rosters(Ledgers ledgers, TrialSignerClient signer, Clock clock) {
        this.ledgers = ledgers;
        this.signer = signer;
        this.clock = clock;
    }

    /** What stands, dated anew. @return the new roster; fails with {@link SignerAway}, or when it lost the race {@value #TRIES} times */
    Future<SignedRoster> next() {
        return next(Optional.empty(), nobody -> Future.succeededFuture(), TRIES);
    }

    /**
     * The same with a new statement.
     *
     * @param overtaken called before it takes an older one's place: whoever talks under the older has to stop first, or visitors' pages would drop her without a word
     */
    Future<SignedRoster> next(Entry added, Function<StaffId, Future<Void>> overtaken) {
        return next(Optional.of(added), overtaken, TRIES);
    }

    private Future<SignedRoster> next(Optional<Entry> added, Function<StaffId, Future<Void>> overtaken, int tries) {
        return ledgers.read().compose(ledger -> revocations(ledger.withdrawn()).compose(revoked -> signed(ledger, added).compose(roster ->
            makeWay(ledger, added, overtaken).compose(free -> ledgers.step(new Step(ledger.version(), roster, added, revoked))).compose(kept -> kept ? Future.succeededFuture(roster) : again(added, overtaken, tries - 1)))));
    }

    /** Last before the write, when everything is signed: a signing process that is away stops nobody. The same statement again is in nobody's way. */
    private static Future<Void> makeWay(Ledger ledger, Optional<Entry> added, Function<StaffId, Future<Void>> overtaken) {
        Optional<Entry> older = added.flatMap(entry -> ledger.of(entry.who()).filter(had -> !had.hash().equals(entry.hash())));
        return older.map(entry -> overtaken.apply(entry.who())).orElse(Future.succeededFuture());
    }

    private Future<SignedRoster> again(Optional<Entry> added, Function<StaffId, Future<Void>> overtaken, int tries) {
        return tries > 0 ? next(added, overtaken, tries) : Future.failedFuture(new SignerAway());
    }

    private Future<SignedRoster> signed(Ledger ledger, Optional<Entry> added) {
        Instant issued = now();
        return signer.signers().compose(signers -> {
            byte[] unsigned = new Roster(ledger.version() + 1, issued.getEpochSecond(), issued.plus(VALID).getEpochSecond(), signers, ledger.hashesWith(added)).encode();
            return signer.roster(unsigned).map(bytes -> new SignedRoster(checked(bytes, unsigned, signers), issued, issued.plus(VALID)));
        });
    }

    /** What came back must be what was sent, signed by two: anything else no client would believe, and it would stand in the way of what they do. */
    static byte[] checked(byte[] signed, byte[] unsigned, List<Certificate> signers) {
        try {
            Signed form = Signed.parse(signed);
            if (Arrays.equals(form.unsigned(), unsigned) && form.byTwoOf(signers)) {
                return signed;
            }
        } catch (Malformed notSigned) {
            // The same answer.
        }
        throw new SignerAway();
    }

    private Future<List<Revoked>> revocations(List<Entry> withdrawn) {
        return Future.all(withdrawn.stream().map(this::revocation).toList()).map(all -> all.<Revoked>list());
    }

    private Future<Revoked> revocation(Entry entry) {
        byte[] unsigned = new Revocation.Unsigned(Statement.parse(Signed.parse(entry.bytes()).unsigned()).id(), entry.hash(), now().getEpochSecond()).encode();
        return signer.revocation(unsigned).map(bytes -> new Revoked(entry, new SignedRevocation(bytes, entry.notAfter())));
    }

    private Instant now() {
        return Instant.ofEpochSecond(clock.now().getEpochSecond());
    }
}
