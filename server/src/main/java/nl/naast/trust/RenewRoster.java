package nl.naast.trust;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;

/** Keeps the roster young, and takes out whoever was suspended. */
final class RenewRoster {
    private static final Duration YOUNG = Duration.ofDays(1);

    private final Ledgers ledgers;
    private final Rosters rosters;
    private final StaffDirectory directory;
    private final Clock clock;

    RenewRoster(Ledgers ledgers, Rosters rosters, StaffDirectory directory, Clock clock) {
        this.ledgers = ledgers;
        this.rosters = rosters;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * A new roster when the newest is a day old, or a withdrawn statement still waits for its revocation. Nothing while nobody ever had a statement. Statements of people who are not there any more are
     * withdrawn first: a suspension that was cut short, by a crash or a busy store, is finished here.
     */
    Future<Void> renew() {
        return ledgers.read().compose(this::withdrawStrangers).compose(done -> issue());
    }

    private Future<Void> withdrawStrangers(Ledger ledger) {
        return Future.all(ledger.statements().stream().filter(entry -> !entry.withdrawn())
            .map(entry -> directory.find(entry.who()).compose(found -> found.isPresent() ? Future.succeededFuture(false) : ledgers.withdraw(entry.who()))).toList()).mapEmpty();
    }

    private Future<Void> issue() {
        return ledgers.read().compose(ledger -> isDue(ledger) ? rosters.next().mapEmpty() : Future.succeededFuture());
    }

    private boolean isDue(Ledger ledger) {
        boolean old = ledger.roster().filter(roster -> roster.issuedAt().plus(YOUNG).isAfter(clock.now())).isEmpty();
        return !ledger.withdrawn().isEmpty() || (ledger.version() > 0 && old);
    }

    /** Her statement is served no more from the first write on; the revocation follows as soon as a signer answers, now or at a later {@link #renew}. */
    Future<Void> withdraw(StaffId who) {
        return ledgers.withdraw(who).compose(had -> had ? issue() : Future.succeededFuture());
    }

    /** For a call that nobody waits for. */
    void withdrawAlone(StaffId who) {
        withdraw(who).onFailure(failed -> Log.say(LogCode.REVOCATION_NOT_SIGNED, failed));
    }
}
