package nl.naast.trust;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.access.StaffMember;
import nl.naast.access.StaffSession;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Proposal;
import nl.naast.trust.Ledgers.Decided;

/** Outside a trial: the statement is checked to be about the one who brings it, and waits for two signers. */
final class ProposeStatement implements Present {
    private final Ledgers ledgers;
    private final RenewRoster renew;
    private final StaffDirectory directory;
    private final String organisation;
    private final Clock clock;

    ProposeStatement(Ledgers ledgers, RenewRoster renew, StaffDirectory directory, String organisation, Clock clock) {
        this.ledgers = ledgers;
        this.renew = renew;
        this.directory = directory;
        this.organisation = organisation;
        this.clock = clock;
    }

    @Override
    public Future<Outcome<Standing>> present(StaffSession by, byte[] unsigned) {
        Optional<Presented> form = Presented.parse(unsigned);
        return form.map(presented -> directory.find(by.who().id()).compose(her -> present(by.who().id(), presented, her))).orElse(Future.succeededFuture(Outcome.refused(Problem.MALFORMED)));
    }

    private Future<Outcome<Standing>> present(StaffId who, Presented form, Optional<StaffMember> her) {
        return ledgers.change(ledger -> decide(ledger, who, form, her)).compose(outcome -> stillThere(who, outcome));
    }

    private Decided<Outcome<Standing>> decide(Ledger ledger, StaffId who, Presented form, Optional<StaffMember> her) {
        Optional<Standing> known = form.known(ledger, who);
        if (known.isPresent()) {
            return Decided.stay(Outcome.done(known.get()));
        }
        Optional<Problem> problem = form.isAnothers(ledger, who) ? Optional.of(Problem.NOT_ALLOWED) : form.problem(her, organisation, clock.now());
        return problem.map(no -> Decided.<Outcome<Standing>>stay(Outcome.refused(no)))
            .orElseGet(() -> Decided.to(ledger.with(new Proposal(who, form.unsigned(), form.statement(), form.statement().hash(), List.of(), false)), Outcome.done(new Standing.Proposed())));
    }

    /** A suspension that came meanwhile found no proposal to take away: it goes here. One that comes later finds it. */
    private Future<Outcome<Standing>> stillThere(StaffId who, Outcome<Standing> outcome) {
        return directory.find(who).compose(her -> her.isPresent() ? Future.succeededFuture(outcome) : renew.withdraw(who).map(Outcome.refused(Problem.NOT_SIGNED_IN)));
    }
}
