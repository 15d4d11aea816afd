package nl.naast.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.access.StaffMember;
import nl.naast.canon.Malformed;
import nl.naast.canon.Statement;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Entry;

/** A statement as it was brought, and what speaks against it. */
record Presented(byte[] unsigned, Statement statement) {
    /** A page dates its statement an hour back, for visitors whose clock is slow; the other hour is for its own clock. */
    static final Duration GRACE = Duration.ofHours(2);
    private static final Map<Statement.Role, Role> ROLES = Map.of(Statement.Role.EXPERT, Role.EXPERT, Statement.Role.COORDINATOR, Role.COORDINATOR);

    static Optional<Presented> parse(byte[] unsigned) {
        try {
            return Optional.of(new Presented(unsigned, Statement.parse(unsigned)));
        } catch (Malformed no) {
            return Optional.empty();
        }
    }

    /** Whether something that begins and ends then can have been made just now. */
    static boolean isAboutNow(long from, long until, Instant now) {
        return Duration.between(Instant.ofEpochSecond(from), now).abs().compareTo(GRACE) <= 0 && Instant.ofEpochSecond(until).isAfter(now);
    }

    /** @param her empty: she is not there any more */
    Optional<Problem> problem(Optional<StaffMember> her, String organisation, Instant now) {
        if (!isAboutNow(statement.notBefore(), statement.notAfter(), now)) {
            return Optional.of(Problem.MALFORMED);
        }
        return her.filter(member -> isHers(member, organisation)).isPresent() ? Optional.empty() : Optional.of(Problem.NOT_ALLOWED);
    }

    private boolean isHers(StaffMember her, String organisation) {
        return ROLES.containsKey(statement.role()) && her.roles().contains(ROLES.get(statement.role()))
            && statement.alias().equals(her.alias()) && statement.languages().equals(List.copyOf(new TreeSet<>(her.languages()))) && statement.organisation().equals(organisation);
    }

    /** Where it stands, if these bytes were brought before. */
    Optional<Present.Standing> known(Ledger ledger, StaffId who) {
        Optional<Entry> entry = ledger.statement(statement.hash()).filter(had -> had.who().equals(who));
        if (ledger.revocation(statement.hash()).isPresent() || entry.filter(Entry::withdrawn).isPresent()) {
            return Optional.of(new Present.Standing.Refused());
        }
        if (entry.isPresent()) {
            return Optional.of(served(ledger, entry.get()));
        }
        return ledger.proposal(statement.hash()).filter(had -> had.who().equals(who)).map(had -> had.refused() ? new Present.Standing.Refused() : new Present.Standing.Proposed());
    }

    private static Present.Standing served(Ledger ledger, Entry entry) {
        boolean served = ledger.served(entry.who(), entry.statement().role()).filter(now -> now.hash().equals(entry.hash())).isPresent();
        return served ? new Present.Standing.Served(entry.bytes(), ledger.roster().orElseThrow().bytes()) : new Present.Standing.Proposed();
    }

    /** Whether somebody else brought the same bytes. */
    boolean isAnothers(Ledger ledger, StaffId who) {
        return ledger.statement(statement.hash()).filter(had -> !had.who().equals(who)).isPresent() || ledger.proposal(statement.hash()).filter(had -> !had.who().equals(who)).isPresent();
    }
}
