package nl.naast.trust;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.Malformed;
import nl.naast.canon.P256;
import nl.naast.canon.Revocation;
import nl.naast.canon.Statement;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledgers.Decided;

/** One roster signer's record is enough: from the first write on the statement is not served, and then its person's desk and conversations are taken from her. */
final class RevokeStatement {
    private final Ledgers ledgers;
    private final Signers signers;
    private final Displaced displaced;
    private final Clock clock;

    RevokeStatement(Ledgers ledgers, Signers signers, Displaced displaced, Clock clock) {
        this.ledgers = ledgers;
        this.signers = signers;
        this.displaced = displaced;
        this.clock = clock;
    }

    /** Refused: malformed (form, time, signature); not-allowed (her certificate, or one that the newest roster does not carry: no client would act on it); unknown. Repeatable: what a crash left undone is done then. */
    Future<Deed<Void>> revoke(StaffId by, byte[] bytes) {
        return parse(bytes).map(revocation -> ledgers.change(ledger -> decide(ledger, by, bytes, revocation)).compose(deed -> stopped(deed, revocation.what().statement()))).orElse(Future.succeededFuture(Deed.refused(Problem.MALFORMED)));
    }

    private static Optional<Revocation> parse(byte[] bytes) {
        try {
            return Optional.of(Revocation.parse(bytes));
        } catch (Malformed no) {
            return Optional.empty();
        }
    }

    private Decided<Deed<Void>> decide(Ledger ledger, StaffId by, byte[] bytes, Revocation revocation) {
        Optional<Problem> problem = problem(ledger, by, revocation);
        Hash about = revocation.what().statement();
        Optional<Entry> entry = ledger.statement(about).filter(each -> Arrays.equals(each.statement().id(), revocation.what().id()));
        if (problem.isPresent() || entry.isEmpty()) {
            return Decided.stay(problem.isEmpty() && ledger.revocation(about).isPresent() ? Deed.before(null) : Deed.refused(problem.orElse(Problem.UNKNOWN)));
        }
        return Decided.to(ledger.with(SignedRevocation.of(entry.get(), bytes)), Deed.done(null, "revoked-statement", Optional.of(entry.get().who())));
    }

    private Optional<Problem> problem(Ledger ledger, StaffId by, Revocation revocation) {
        Optional<Certificate> certificate = signers.hers(ledger, by, revocation.signer());
        boolean carried = ledger.roster().map(signed -> signed.roster().signers().stream().anyMatch(each -> each.hash().equals(revocation.signer()))).orElse(true);
        if (certificate.isEmpty() || !carried) {
            return Optional.of(Problem.NOT_ALLOWED);
        }
        boolean early = revocation.what().time() <= clock.now().plus(Presented.GRACE).getEpochSecond();
        return early && P256.verify(certificate.get().key(), revocation.what().encode(), revocation.signature()) ? Optional.empty() : Optional.of(Problem.MALFORMED);
    }

    private Future<Deed<Void>> stopped(Deed<Void> deed, Hash about) {
        if (deed.told() instanceof Outcome.Refused<Void>) {
            return Future.succeededFuture(deed);
        }
        return ledgers.read().compose(ledger -> {
            Optional<StaffId> stopped = ledger.revocation(about).filter(each -> each.role() == Statement.Role.EXPERT && ledger.served(each.who(), each.role()).isEmpty()).map(SignedRevocation::who);
            return stopped.map(who -> displaced.stopped(who, true)).orElse(Future.succeededFuture()).map(deed);
        });
    }
}
