package nl.naast.trust;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;

/**
 * Everything the signing is about, as it stood at one moment. Immutable: what changes it answers the ledger that follows.
 *
 * @param change     grows with everything that is written; 0: nothing ever was
 * @param version    of the newest roster, 0 before the first
 * @param roster     the newest, unless it has expired
 * @param statements signed by two, not expired; those of one person and role in the order in which they were signed
 * @param pending    what signatures are still missing to
 */
record Ledger(long change, long version, Optional<SignedRoster> roster, List<Entry> statements, List<SignedRevocation> revocations, Pending pending) {
    static final Ledger EMPTY = new Ledger(0, 0, Optional.empty(), List.of(), List.of(), Pending.NONE);

    /** @param bytes as signed */
    record SignedRoster(byte[] bytes, Roster roster) {
        static SignedRoster of(byte[] bytes) {
            return new SignedRoster(bytes, Roster.parse(Signed.parse(bytes).unsigned()));
        }

        boolean lists(Hash statement) {
            return Collections.binarySearch(roster.statements(), statement) >= 0;
        }

        Instant issuedAt() {
            return Instant.ofEpochSecond(roster.issuedAt());
        }

        Instant validUntil() {
            return Instant.ofEpochSecond(roster.validUntil());
        }
    }

    /**
     * A statement about somebody, with its two signatures.
     *
     * @param bytes     as signed
     * @param listed    a roster has named it: one that does not, any more, revokes it
     * @param withdrawn its person was suspended: never served again
     */
    record Entry(StaffId who, byte[] bytes, Statement statement, Hash hash, boolean listed, boolean withdrawn) {
        static Entry of(StaffId who, byte[] signed, boolean listed, boolean withdrawn) {
            Statement statement = Statement.parse(Signed.parse(signed).unsigned());
            return new Entry(who, signed, statement, statement.hash(), listed, withdrawn);
        }

        Instant notAfter() {
            return Instant.ofEpochSecond(statement.notAfter());
        }

        boolean isOf(StaffId person, Statement.Role role) {
            return who.equals(person) && statement.role() == role;
        }

        boolean sameAs(Entry other) {
            return other.isOf(who, statement.role());
        }

        Entry with(boolean listed, boolean withdrawn) {
            return new Entry(who, bytes, statement, hash, listed, withdrawn);
        }
    }

    /** @param expiresAt when the statement it is about would have ended */
    record SignedRevocation(StaffId who, Statement.Role role, byte[] bytes, Hash about, Instant expiresAt) {
        static SignedRevocation of(Entry entry, byte[] bytes) {
            return new SignedRevocation(entry.who(), entry.statement().role(), bytes, entry.hash(), entry.notAfter());
        }
    }

    /** A signature, with whose session it came from. */
    record Given(StaffId by, Signed.One one) {
    }

    /** @param by whose session it came from: signatures by it are taken from hers only */
    record Brought(StaffId by, Certificate certificate) {
    }

    /** @param refused a signer compared the words, and they were others: nobody is shown it, and nobody signs it */
    record Proposal(StaffId who, byte[] unsigned, Statement statement, Hash hash, List<Given> signatures, boolean refused) {
        static Proposal of(StaffId who, byte[] unsigned, List<Given> signatures, boolean refused) {
            Statement statement = Statement.parse(unsigned);
            return new Proposal(who, unsigned, statement, statement.hash(), List.copyOf(signatures), refused);
        }

        Proposal refuse() {
            return new Proposal(who, unsigned, statement, hash, List.of(), true);
        }

        Proposal with(List<Given> given) {
            return new Proposal(who, unsigned, statement, hash, List.copyOf(given), refused);
        }
    }

    record Draft(byte[] unsigned, Roster roster, List<Given> signatures) {
        static Draft of(byte[] unsigned, List<Given> signatures) {
            return new Draft(unsigned, Roster.parse(unsigned), List.copyOf(signatures));
        }
    }

    /** What signatures are still missing to, and who may give them. */
    record Pending(List<Brought> certificates, List<Proposal> proposals, Optional<Draft> draft) {
        static final Pending NONE = new Pending(List.of(), List.of(), Optional.empty());
    }

    // Questions.

    /** What visitors are given for her: the newest that the newest roster names. */
    Optional<Entry> served(StaffId who, Statement.Role role) {
        return statements.stream().filter(entry -> entry.isOf(who, role) && served(entry)).reduce((older, newer) -> newer);
    }

    private boolean served(Entry entry) {
        return !entry.withdrawn() && roster.filter(signed -> signed.lists(entry.hash())).isPresent();
    }

    Optional<Entry> statement(Hash hash) {
        return statements.stream().filter(entry -> entry.hash().equals(hash)).findFirst();
    }

    Optional<Proposal> proposal(Hash hash) {
        return pending.proposals().stream().filter(proposal -> proposal.hash().equals(hash)).findFirst();
    }

    Optional<SignedRevocation> revocation(Hash about) {
        return revocations.stream().filter(each -> each.about().equals(about)).findFirst();
    }

    /** Whose statement as an expert a signer has revoked, whatever she has now. */
    Set<StaffId> revoked() {
        return revocations.stream().filter(each -> each.role() == Statement.Role.EXPERT).map(SignedRevocation::who).collect(Collectors.toSet());
    }

    List<Entry> withdrawn() {
        return statements.stream().filter(Entry::withdrawn).toList();
    }

    /** Of each person and role the newest that was signed: what the next roster should name. */
    List<Entry> newest() {
        Map<Part, Entry> newest = new LinkedHashMap<>();
        statements.stream().filter(entry -> !entry.withdrawn()).forEach(entry -> newest.put(new Part(entry.who(), entry.statement().role()), entry));
        return List.copyOf(newest.values());
    }

    private record Part(StaffId who, Statement.Role role) {
    }

    /** Of whom visitors would be given something else for an expert, or nothing. */
    List<StaffId> displaced(Ledger after) {
        Predicate<StaffId> other = who -> !after.served(who, Statement.Role.EXPERT).map(Entry::hash).equals(served(who, Statement.Role.EXPERT).map(Entry::hash));
        return experts().stream().filter(other).toList();
    }

    /** Whom visitors are given a statement of. */
    Set<StaffId> experts() {
        return all(Statement.Role.EXPERT);
    }

    /** Of whom one is served as a coordinator: they may look along. */
    Set<StaffId> coordinators() {
        return all(Statement.Role.COORDINATOR);
    }

    private Set<StaffId> all(Statement.Role role) {
        return statements.stream().filter(entry -> entry.statement().role() == role && served(entry)).map(Entry::who).collect(Collectors.toSet());
    }

    // Changes.

    Ledger with(Pending next) {
        return new Ledger(change, version, roster, statements, revocations, next);
    }

    Ledger with(List<Brought> certificates) {
        return with(new Pending(certificates, pending.proposals(), pending.draft()));
    }

    Ledger with(Optional<Draft> draft) {
        return with(new Pending(pending.certificates(), pending.proposals(), draft));
    }

    /** It takes the place of an older proposal about the same person and role. */
    Ledger with(Proposal proposal) {
        return withoutProposals(other -> other.who().equals(proposal.who()) && other.statement().role() == proposal.statement().role(), Stream.of(proposal));
    }

    private Ledger withoutProposals(Predicate<Proposal> gone, Stream<Proposal> and) {
        return with(new Pending(pending.certificates(), Stream.concat(pending.proposals().stream().filter(gone.negate()), and).toList(), pending.draft()));
    }

    /** Two have signed it: its proposal is over, and so is what was signed before for this person and role and named by no roster yet. */
    Ledger signed(Entry entry) {
        Stream<Entry> kept = statements.stream().filter(other -> !(other.sameAs(entry) && !other.listed()) && !other.hash().equals(entry.hash()));
        return new Ledger(change, version, roster, Stream.concat(kept, Stream.of(entry)).toList(), revocations, pending).withoutProposals(each -> each.hash().equals(entry.hash()), Stream.empty());
    }

    /** A newer roster: what an older one named and this one does not is gone. */
    Ledger with(SignedRoster signed) {
        List<Entry> kept = statements.stream().filter(entry -> signed.lists(entry.hash()) || !entry.listed()).map(entry -> entry.with(signed.lists(entry.hash()), entry.withdrawn())).toList();
        return new Ledger(change, signed.roster().version(), Optional.of(signed), kept, revocations, pending).with(Optional.<Draft>empty());
    }

    /** From now on that statement is not served, whatever the roster says. */
    Ledger with(SignedRevocation revocation) {
        List<Entry> kept = statements.stream().filter(entry -> !entry.hash().equals(revocation.about())).toList();
        Stream<SignedRevocation> others = revocations.stream().filter(each -> !each.about().equals(revocation.about()));
        return new Ledger(change, version, roster, kept, Stream.concat(others, Stream.of(revocation)).toList(), pending).withoutDraftOf(List.of(revocation.about()));
    }

    /** Her statements are not served any more, and what she signed counts for nothing where another signature was still missing. */
    Ledger withdrawn(StaffId who) {
        List<Hash> hers = statements.stream().filter(entry -> entry.who().equals(who)).map(Entry::hash).toList();
        List<Entry> kept = statements.stream().filter(entry -> !entry.who().equals(who) || entry.listed()).map(entry -> entry.who().equals(who) ? entry.with(entry.listed(), true) : entry).toList();
        List<Proposal> proposals = pending.proposals().stream().filter(each -> !each.who().equals(who)).map(each -> each.with(without(who, each.signatures()))).toList();
        Optional<Draft> draft = pending.draft().map(each -> new Draft(each.unsigned(), each.roster(), without(who, each.signatures()))).filter(each -> !each.signatures().isEmpty());
        return new Ledger(change, version, roster, kept, revocations, new Pending(pending.certificates(), proposals, draft)).withoutDraftOf(hers);
    }

    private static List<Given> without(StaffId who, List<Given> all) {
        return all.stream().filter(given -> !given.by().equals(who)).toList();
    }

    private Ledger withoutDraftOf(List<Hash> gone) {
        return with(pending.draft().filter(draft -> draft.roster().statements().stream().noneMatch(gone::contains)));
    }

    /** As it is written: the next of what was read. */
    Ledger next() {
        return new Ledger(change + 1, version, roster, statements, revocations, pending);
    }

    /** Without what has expired. */
    Ledger at(Instant now) {
        Pending living = new Pending(pending.certificates().stream().filter(each -> each.certificate().notAfter() > now.getEpochSecond()).toList(),
            pending.proposals().stream().filter(each -> each.statement().notAfter() > now.getEpochSecond()).toList(), pending.draft().filter(each -> each.roster().validUntil() > now.getEpochSecond()));
        return new Ledger(change, version, roster.filter(signed -> signed.validUntil().isAfter(now)), statements, revocations, living).withoutStatements(now).withoutRevocations(now);
    }

    /** Without those that have expired. */
    Ledger withoutStatements(Instant now) {
        return new Ledger(change, version, roster, statements.stream().filter(entry -> entry.notAfter().isAfter(now)).toList(), revocations, pending);
    }

    /** Without those that have expired. */
    Ledger withoutRevocations(Instant now) {
        return new Ledger(change, version, roster, statements, revocations.stream().filter(each -> each.expiresAt().isAfter(now)).toList(), pending);
    }

    /** Without proposals, drafts and certificates that have expired. */
    Ledger withoutPending(Instant now) {
        return with(at(now).pending());
    }

    int size() {
        return statements.size() + revocations.size() + pending.certificates().size() + pending.proposals().size() + (pending.draft().isPresent() ? 1 : 0);
    }
}
