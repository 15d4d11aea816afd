package nl.naast.trust;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.Proposal;
import nl.naast.trust.Ledgers.Decided;

/** Takes out whoever was suspended; in a trial it keeps the roster young besides. */
final class RenewRoster {
    private static final Duration YOUNG = Duration.ofDays(1);

    private final Ledgers ledgers;
    private final Optional<Rosters> rosters;
    private final StaffDirectory directory;
    private final Clock clock;

    /** @param rosters of a trial; empty: two roster signers renew it in their browsers */
    RenewRoster(Ledgers ledgers, Optional<Rosters> rosters, StaffDirectory directory, Clock clock) {
        this.ledgers = ledgers;
        this.rosters = rosters;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * In a trial a new roster when the newest is a day old, or a withdrawn statement still waits for its revocation; nothing while nobody ever had a statement. Statements of people who are not there any more are
     * withdrawn first: a suspension that was cut short, by a crash or a busy store, is finished here.
     */
    Future<Void> renew() {
        return ledgers.read().compose(this::withdrawStrangers).compose(done -> issue());
    }

    private Future<Void> withdrawStrangers(Ledger ledger) {
        Stream<StaffId> named = Stream.concat(ledger.statements().stream().filter(entry -> !entry.withdrawn()).map(Entry::who), ledger.pending().proposals().stream().map(Proposal::who));
        Set<StaffId> people = named.collect(Collectors.toSet());
        return Future.all(people.stream().map(who -> directory.find(who).compose(found -> found.isPresent() ? Future.succeededFuture(false) : withdrawn(who))).toList()).mapEmpty();
    }

    /** @return false: there was nothing */
    private Future<Boolean> withdrawn(StaffId who) {
        return ledgers.change(ledger -> {
            boolean signed = ledger.statements().stream().anyMatch(entry -> entry.who().equals(who) && !entry.withdrawn());
            return Decided.to(ledger.withdrawn(who), signed);
        });
    }

    private Future<Void> issue() {
        return rosters.map(of -> ledgers.read().compose(ledger -> isDue(ledger) ? of.next().<Void>mapEmpty() : Future.<Void>succeededFuture())).orElse(Future.succeededFuture());
    }

    private boolean isDue(Ledger ledger) {
        boolean old = ledger.roster().filter(roster -> roster.issuedAt().plus(YOUNG).isAfter(clock.now())).isEmpty();
        return !ledger.withdrawn().isEmpty() || (ledger.version() > 0 && old);
    }

    /** Her statements are served no more from the first write on; in a trial the revocation follows as soon as the signer answers, now or at a later {@link #renew}. */
    Future<Void> withdraw(StaffId who) {
        return withdrawn(who).compose(had -> had ? issue() : Future.succeededFuture());
    }

    /** For a call that nobody waits for. */
    void withdrawAlone(StaffId who) {
        withdraw(who).onFailure(failed -> Log.say(LogCode.REVOCATION_NOT_SIGNED, failed));
    }
}
