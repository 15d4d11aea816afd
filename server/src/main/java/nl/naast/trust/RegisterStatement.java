package nl.naast.trust;

import io.vertx.core.Future;
import java.util.Optional;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Entry;

/** In a trial: the statement is checked to be about the one who brings it, signed at once, and put in the place of her older one in a new roster. */
final class RegisterStatement implements Present {
    private final Ledgers ledgers;
    private final Rosters rosters;
    private final RenewRoster renew;
    private final TrialSignerClient signer;
    private final StaffDirectory directory;
    private final Displaced displaced;
    private final String organisation;
    private final Clock clock;

    RegisterStatement(Ledgers ledgers, Rosters rosters, RenewRoster renew, TrialSignerClient signer, StaffDirectory directory, Displaced displaced, String organisation, Clock clock) {
        this.ledgers = ledgers;
        this.rosters = rosters;
        this.renew = renew;
        this.signer = signer;
        this.directory = directory;
        this.displaced = displaced;
        this.organisation = organisation;
        this.clock = clock;
    }

    /** Refused besides: busy (the signing process is away). */
    @Override
    public Future<Outcome<Standing>> present(StaffSession by, byte[] unsigned) {
        Optional<Presented> presented = Presented.parse(unsigned);
        return presented.map(form -> ledgers.read().compose(ledger -> present(by, form, ledger))).orElse(Future.succeededFuture(Outcome.refused(Problem.MALFORMED)))
            .recover(failed -> failed instanceof SignerAway ? Future.succeededFuture(Outcome.refused(Problem.BUSY)) : Future.failedFuture(failed));
    }

    private Future<Outcome<Standing>> present(StaffSession by, Presented form, Ledger ledger) {
        Optional<Standing> known = form.known(ledger, by.who().id());
        if (known.isEmpty()) {
            return directory.find(by.who().id()).compose(her -> form.problem(her, organisation, clock.now()).<Future<Outcome<Standing>>>map(problem -> Future.succeededFuture(Outcome.refused(problem))).orElseGet(() -> sign(by, form)));
        }
        // Signed before, but no roster names it, because the last one ran out: the next one does.
        return known.get() instanceof Standing.Proposed ? rosters.next().compose(done -> ledgers.read()).map(newer -> Outcome.done(form.known(newer, by.who().id()).orElseThrow())) : Future.succeededFuture(Outcome.done(known.get()));
    }

    private Future<Outcome<Standing>> sign(StaffSession by, Presented form) {
        StaffId who = by.who().id();
        return signer.signers().compose(signers -> signer.statement(form.unsigned()).map(bytes -> Rosters.checked(bytes, form.unsigned(), signers)))
            .compose(bytes -> rosters.next(Entry.of(who, bytes, false, false), her -> displaced.overtaken(her, by.token())).map(roster -> new Standing.Served(bytes, roster)))
            .compose(served -> stillThere(who, served));
    }

    /** A suspension that came while the signer signed found no statement to withdraw: it is withdrawn here. One that comes later finds it. */
    private Future<Outcome<Standing>> stillThere(StaffId who, Standing served) {
        return directory.find(who).compose(member -> member.isPresent() ? Future.succeededFuture(Outcome.done(served)) : renew.withdraw(who).otherwiseEmpty().map(Outcome.refused(Problem.NOT_SIGNED_IN)));
    }
}
