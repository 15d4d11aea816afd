package nl.naast.trust;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.Malformed;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Draft;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.Given;
import nl.naast.trust.Ledger.SignedRoster;
import nl.naast.trust.Ledgers.Decided;

/** A roster signer brings the next roster with her signature; the second signer of the same bytes makes it the newest. */
final class SignRoster {
    enum State { DRAFT, SIGNED }

    private final Ledgers ledgers;
    private final Signers signers;
    private final Displaced displaced;
    private final Clock clock;

    SignRoster(Ledgers ledgers, Signers signers, Displaced displaced, Clock clock) {
        this.ledgers = ledgers;
        this.signers = signers;
        this.displaced = displaced;
        this.clock = clock;
    }

    /**
     * Whoever talks under what it does not name any more stops first. Refused: malformed (form, dates, signature), not-now (another version is the next, or she has signed), not-allowed (her certificate, or one in it; a statement that is not
     * signed by two of its signers, withdrawn, or of somebody whose newer one stands in it too).
     */
    Future<Deed<State>> sign(byte[] unsigned, Given given) {
        Optional<Draft> draft = parse(unsigned);
        return draft.map(fresh -> makeWay(fresh, given).compose(free -> ledgers.change(ledger -> decide(ledger, fresh, given)))).orElse(Future.succeededFuture(Deed.refused(Problem.MALFORMED)));
    }

    private static Optional<Draft> parse(byte[] unsigned) {
        try {
            return Optional.of(Draft.of(unsigned, List.of()));
        } catch (Malformed no) {
            return Optional.empty();
        }
    }

    /** Before it is written: their visitors are to hear of it in words before their pages drop them. */
    private Future<Void> makeWay(Draft fresh, Given given) {
        return ledgers.read().compose(ledger -> {
            Optional<Ledger> next = decide(ledger, fresh, given).next().filter(after -> after.version() != ledger.version());
            List<StaffId> stopped = next.map(ledger::displaced).orElse(List.of());
            return Future.all(stopped.stream().map(who -> displaced.stopped(who, next.get().served(who, Statement.Role.EXPERT).isEmpty())).toList()).mapEmpty();
        });
    }

    private Decided<Deed<State>> decide(Ledger ledger, Draft fresh, Given given) {
        if (ledger.roster().filter(signed -> Arrays.equals(Signed.parse(signed.bytes()).unsigned(), fresh.unsigned())).isPresent()) {
            return Decided.stay(signers.hers(ledger, given.by(), given.one().signer()).isPresent() ? Deed.before(State.SIGNED) : Deed.refused(Problem.NOT_ALLOWED));
        }
        Optional<Problem> problem = problem(ledger, fresh.roster(), given.one().signer());
        return problem.map(no -> Decided.<Deed<State>>stay(Deed.refused(no))).orElseGet(() -> add(ledger, ledger.pending().draft().filter(had -> Arrays.equals(had.unsigned(), fresh.unsigned())).orElse(fresh), given));
    }

    private Decided<Deed<State>> add(Ledger ledger, Draft draft, Given given) {
        return switch (signers.added(ledger, draft.signatures(), given, draft.unsigned())) {
            case Outcome.Refused<List<Given>>(Problem no) -> Decided.stay(Deed.refused(no));
            case Outcome.Done<List<Given>>(List<Given> all) when all.equals(draft.signatures()) -> Decided.stay(Deed.before(State.DRAFT));
            case Outcome.Done<List<Given>>(List<Given> all) -> signers.signed(ledger, all, draft.unsigned())
                .map(bytes -> Decided.to(ledger.with(new SignedRoster(bytes, draft.roster())), Deed.done(State.SIGNED, "signed-roster", Optional.empty())))
                .orElseGet(() -> Decided.to(ledger.with(Optional.of(new Draft(draft.unsigned(), draft.roster(), all))), Deed.done(State.DRAFT, "drafted-roster", Optional.empty())));
        };
    }

    private Optional<Problem> problem(Ledger ledger, Roster roster, Hash signer) {
        if (!Presented.isAboutNow(roster.issuedAt(), roster.validUntil(), clock.now())) {
            return Optional.of(Problem.MALFORMED);
        }
        if (roster.version() != ledger.version() + 1) {
            return Optional.of(Problem.NOT_NOW);
        }
        Set<Hash> inIt = roster.signers().stream().map(Certificate::hash).collect(Collectors.toSet());
        boolean known = signers.certified(ledger).stream().map(Certificate::hash).collect(Collectors.toSet()).containsAll(inIt) && roster.signers().stream().allMatch(each -> each.issuedBy(signers.root()));
        return known && inIt.contains(signer) && stand(ledger, roster, inIt) ? Optional.empty() : Optional.of(Problem.NOT_ALLOWED);
    }

    /** Whether each statement in it is one that clients would believe by it, and there are no two for one person and role. */
    private static boolean stand(Ledger ledger, Roster roster, Set<Hash> signers) {
        Set<List<Object>> parts = new HashSet<>();
        return roster.statements().stream().allMatch(hash -> ledger.statement(hash)
            .filter(entry -> !entry.withdrawn() && bySigners(entry, signers) && parts.add(List.of(entry.who(), entry.statement().role()))).isPresent());
    }

    private static boolean bySigners(Entry entry, Set<Hash> signers) {
        return Signed.parse(entry.bytes()).signatures().stream().map(Signed.One::signer).allMatch(signers::contains);
    }
}
