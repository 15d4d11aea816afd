package nl.naast.trust;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.canon.Hash;
import nl.naast.canon.Signed;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.Given;
import nl.naast.trust.Ledger.Proposal;
import nl.naast.trust.Ledgers.Decided;

/** A roster signer adds her signature to a proposed statement, or says that the words were others. The second signature makes it signed; visitors are given it when a roster names it. */
final class SignStatement {
    private final Ledgers ledgers;
    private final Signers signers;

    SignStatement(Ledgers ledgers, Signers signers) {
        this.ledgers = ledgers;
        this.signers = signers;
    }

    /** Refused: unknown; not-now (it is signed without her, or she has signed it); else as {@link Signers#added}. */
    Future<Deed<Void>> sign(Hash statement, Given given) {
        return ledgers.change(ledger -> {
            Optional<Proposal> proposal = ledger.proposal(statement).filter(each -> !each.refused());
            return proposal.map(each -> sign(ledger, each, given)).orElseGet(() -> Decided.stay(over(ledger, statement, given)));
        });
    }

    private Decided<Deed<Void>> sign(Ledger ledger, Proposal proposal, Given given) {
        return switch (signers.added(ledger, proposal.signatures(), given, proposal.unsigned())) {
            case Outcome.Refused<List<Given>>(Problem problem) -> Decided.stay(Deed.refused(problem));
            case Outcome.Done<List<Given>>(List<Given> all) when all.equals(proposal.signatures()) -> Decided.stay(Deed.before(null));
            case Outcome.Done<List<Given>>(List<Given> all) -> Decided.to(signed(ledger, proposal, all), Deed.done(null, "signed-statement", Optional.of(proposal.who())));
        };
    }

    private Ledger signed(Ledger ledger, Proposal proposal, List<Given> all) {
        Optional<byte[]> signed = signers.signed(ledger, all, proposal.unsigned());
        return signed.map(bytes -> ledger.signed(new Entry(proposal.who(), bytes, proposal.statement(), proposal.hash(), false, false))).orElseGet(() -> ledger.with(proposal.with(all)));
    }

    /** Not proposed any more: whose signature is on it has signed it. */
    private static Deed<Void> over(Ledger ledger, Hash statement, Given given) {
        Optional<Entry> entry = ledger.statement(statement).filter(each -> !each.withdrawn());
        return entry.map(each -> has(each, given) ? Deed.<Void>before(null) : Deed.<Void>refused(Problem.NOT_NOW)).orElseGet(() -> Deed.refused(Problem.UNKNOWN));
    }

    private static boolean has(Entry entry, Given given) {
        return Signed.parse(entry.bytes()).signatures().stream().anyMatch(one -> one.signer().equals(given.one().signer()) && java.util.Arrays.equals(one.signature(), given.one().signature()));
    }

    /** Nobody signs it any more, and its keys are told so. Refused: unknown; not-now when it is signed. */
    Future<Deed<Void>> refuse(Hash statement) {
        return ledgers.change(ledger -> {
            Optional<Proposal> proposal = ledger.proposal(statement);
            if (proposal.isEmpty()) {
                return Decided.stay(Deed.refused(ledger.statement(statement).isPresent() ? Problem.NOT_NOW : Problem.UNKNOWN));
            }
            StaffId who = proposal.get().who();
            return proposal.get().refused() ? Decided.stay(Deed.before(null)) : Decided.to(ledger.with(proposal.get().refuse()), Deed.done(null, "refused-statement", Optional.of(who)));
        });
    }
}
