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
import nl.naast.canon.Hash;
import nl.naast.canon.Malformed;
import nl.naast.canon.Revocation;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Clock;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledger.SignedRoster;
import nl.naast.trust.Ledgers.Decided;

/** In a trial: makes the next roster (what stands, what is new, without what was withdrawn), has it signed, and keeps it if nobody was faster. */
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

    /** What stands, dated anew. @return the new roster, as signed; fails with {@link SignerAway}, or when it lost the race {@value #TRIES} times */
    Future<byte[]> next() {
        return next(Optional.empty(), nobody -> Future.succeededFuture(), TRIES);
    }

    /**
     * The same with a new statement.
     *
     * @param overtaken called before it takes an older one's place: whoever talks under the older has to stop first, or visitors' pages would drop her without a word
     */
    Future<byte[]> next(Entry added, Function<StaffId, Future<Void>> overtaken) {
        return next(Optional.of(added), overtaken, TRIES);
    }

    private Future<byte[]> next(Optional<Entry> added, Function<StaffId, Future<Void>> overtaken, int tries) {
        return ledgers.read().compose(ledger -> revoked(ledger).map(revoked -> added.map(revoked::signed).orElse(revoked)).compose(after -> signed(after).compose(roster ->
            makeWay(ledger, added, overtaken).compose(free -> kept(ledger, after.with(roster))).compose(kept -> kept ? Future.succeededFuture(roster.bytes()) : again(added, overtaken, tries - 1)))));
    }

    /** Only in the place of exactly what was read. */
    private Future<Boolean> kept(Ledger seen, Ledger after) {
        return ledgers.change(now -> now.change() == seen.change() ? Decided.to(after, true) : Decided.stay(false));
    }

    /** Last before the write, when everything is signed: a signing process that is away stops nobody. The same statement again is in nobody's way, and nor is one as a coordinator. */
    private static Future<Void> makeWay(Ledger ledger, Optional<Entry> added, Function<StaffId, Future<Void>> overtaken) {
        Optional<Entry> fresh = added.filter(entry -> entry.statement().role() == Statement.Role.EXPERT);
        boolean inTheWay = fresh.filter(entry -> ledger.newest().stream().anyMatch(had -> had.sameAs(entry) && !had.hash().equals(entry.hash()))).isPresent();
        return inTheWay ? overtaken.apply(fresh.get().who()) : Future.succeededFuture();
    }

    private Future<byte[]> again(Optional<Entry> added, Function<StaffId, Future<Void>> overtaken, int tries) {
        return tries > 0 ? next(added, overtaken, tries) : Future.failedFuture(new SignerAway());
    }

    private Future<SignedRoster> signed(Ledger after) {
        long issued = clock.now().getEpochSecond();
        List<Hash> hashes = after.newest().stream().map(Entry::hash).sorted().toList();
        return signer.signers().compose(signers -> {
            byte[] unsigned = new Roster(after.version() + 1, issued, issued + VALID.toSeconds(), signers, hashes).encode();
            return signer.roster(unsigned).map(bytes -> SignedRoster.of(checked(bytes, unsigned, signers)));
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

    /** With a record for each statement that was withdrawn. */
    private Future<Ledger> revoked(Ledger ledger) {
        return Future.all(ledger.withdrawn().stream().map(this::revocation).toList()).map(all -> all.<SignedRevocation>list().stream().reduce(ledger, Ledger::with, (one, same) -> same));
    }

    private Future<SignedRevocation> revocation(Entry entry) {
        byte[] unsigned = new Revocation.Unsigned(entry.statement().id(), entry.hash(), now().getEpochSecond()).encode();
        return signer.revocation(unsigned).map(bytes -> SignedRevocation.of(entry, bytes));
    }

    private Instant now() {
        return clock.now();
    }
}
