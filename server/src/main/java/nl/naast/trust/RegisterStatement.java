package nl.naast.trust;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import nl.naast.access.Role;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.access.StaffMember;
import nl.naast.access.StaffSession;
import nl.naast.access.TokenHash;
import nl.naast.canon.Malformed;
import nl.naast.canon.Statement;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Entry;

/** A desk registers its new keys: the statement is checked to be about the one who brings it, signed, and put in the place of her older one in a new roster. */
final class RegisterStatement {
    /** What is handed back to the desk, both as signed. */
    record Registered(byte[] statement, byte[] roster) {
    }

    /** A desk dates its statement an hour back, for visitors whose clock is slow; the other hour is for its own clock. */
    private static final Duration GRACE = Duration.ofHours(2);

    private final Rosters rosters;
    private final RenewRoster renew;
    private final TrialSignerClient signer;
    private final StaffDirectory directory;
    private final BiFunction<StaffId, TokenHash, Future<Void>> overtaken;
    private final String organisation;
    private final Clock clock;

    RegisterStatement(Rosters rosters, RenewRoster renew, TrialSignerClient signer, StaffDirectory directory, BiFunction<StaffId, TokenHash, Future<Void>> overtaken, String organisation, Clock clock) {
        this.rosters = rosters;
        this.renew = renew;
        this.signer = signer;
        this.directory = directory;
        this.overtaken = overtaken;
        this.organisation = organisation;
        this.clock = clock;
    }

    /** Refused: malformed (form, dates), not-allowed (not about her: role, alias, languages, organisation), busy (the signing process is away). */
    Future<Outcome<Registered>> register(StaffSession by, byte[] unsigned) {
        StaffId who = by.who().id();
        Optional<Statement> statement = parse(unsigned);
        if (statement.isEmpty() || !isAboutNow(statement.get())) {
            return Future.succeededFuture(Outcome.refused(Problem.MALFORMED));
        }
        return directory.find(who).compose(member -> member.filter(her -> isHers(statement.get(), her)).isEmpty()
            ? Future.succeededFuture(Outcome.refused(Problem.NOT_ALLOWED)) : signed(by, statement.get(), unsigned));
    }

    private static Optional<Statement> parse(byte[] unsigned) {
        try {
            return Optional.of(Statement.parse(unsigned));
        } catch (Malformed no) {
            return Optional.empty();
        }
    }

    private boolean isAboutNow(Statement statement) {
        Instant from = Instant.ofEpochSecond(statement.notBefore());
        Instant until = Instant.ofEpochSecond(statement.notAfter());
        return Duration.between(from, clock.now()).abs().compareTo(GRACE) <= 0 && until.isAfter(clock.now());
    }

    private boolean isHers(Statement statement, StaffMember her) {
        return statement.role() == Statement.Role.EXPERT && her.roles().contains(Role.EXPERT)
            && statement.alias().equals(her.alias()) && statement.languages().equals(List.copyOf(new TreeSet<>(her.languages()))) && statement.organisation().equals(organisation);
    }

    private Future<Outcome<Registered>> signed(StaffSession by, Statement statement, byte[] unsigned) {
        StaffId who = by.who().id();
        return signer.signers().compose(signers -> signer.statement(unsigned).map(bytes -> Rosters.checked(bytes, unsigned, signers)))
            .compose(bytes -> rosters.next(new Entry(who, bytes, statement.hash(), Instant.ofEpochSecond(statement.notAfter()), false), her -> overtaken.apply(her, by.token()))
                .map(roster -> new Registered(bytes, roster.bytes())))
            .compose(registered -> stillThere(who, registered))
            .recover(failed -> failed instanceof SignerAway ? Future.succeededFuture(Outcome.refused(Problem.BUSY)) : Future.failedFuture(failed));
    }

    /** A suspension that came while the signer signed found no statement to withdraw: it is withdrawn here. One that comes later finds it. */
    private Future<Outcome<Registered>> stillThere(StaffId who, Registered registered) {
        return directory.find(who).compose(member -> member.isPresent() ? Future.succeededFuture(Outcome.done(registered))
            : renew.withdraw(who).otherwiseEmpty().map(Outcome.refused(Problem.NOT_SIGNED_IN)));
    }
}
