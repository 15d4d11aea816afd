package nl.naast.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.P256;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import nl.naast.support.Contract;
import nl.naast.support.Root;
import nl.naast.trust.Ledger.Brought;
import nl.naast.trust.Ledger.Draft;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.Given;
import nl.naast.trust.Ledger.Proposal;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledger.SignedRoster;
import nl.naast.trust.Ledgers.Decided;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link Ledgers} promises, whatever keeps them. */
abstract class LedgersContract extends Contract {
    private static final List<KeyPair> KEYS = List.of(P256.generate(), P256.generate());
    private final Root root = new Root();
    private Ledgers port;

    abstract Ledgers open(Wrap wrap, Clock clock) throws Exception;

    @BeforeEach
    final void ledgers() throws Exception {
        port = open(wrap, clock);
    }

    private long now() {
        return clock.now().getEpochSecond();
    }

    private Statement statement(StaffId who) {
        byte[] key = P256.point(KEYS.getFirst().getPublic());
        return new Statement(who.id().bytes(), Statement.Role.EXPERT, "Naast", "Noor", List.of("nl"), key, key, new byte[0], now(), now() + Duration.ofDays(90).toSeconds());
    }

    private Entry entry(StaffId who) {
        return Entry.of(who, new Signed(statement(who).encode(), List.of()).encode(), false, false);
    }

    private Roster roster(long version, Entry... entries) {
        List<Certificate> signers = Stream.of(0, 1).map(i -> root.certify(KEYS.get(i), "Signer " + i, now() + 400 * 86_400)).sorted(Comparator.comparing(Certificate::hash)).toList();
        return new Roster(version, now(), now() + Roster.LONGEST_SECONDS, signers, Stream.of(entries).map(Entry::hash).sorted().toList());
    }

    private SignedRoster signed(Roster roster) {
        return SignedRoster.of(new Signed(roster.encode(), List.of()).encode());
    }

    private Ledger changed(java.util.function.UnaryOperator<Ledger> change) throws Exception {
        return done(port.change(ledger -> Decided.to(change.apply(ledger), change.apply(ledger))));
    }

    @Test
    @DisplayName("what was never written is empty; what was is there whole, and its number grows by one")
    final void whole() throws Exception {
        assertEquals(Ledger.EMPTY, done(port.read()));
        StaffId who = new StaffId(id());
        Entry entry = entry(who);
        changed(ledger -> ledger.signed(entry).with(signed(roster(1, entry))).with(List.of(new Brought(who, roster(1).signers().getFirst())))
            .with(Proposal.of(who, statement(new StaffId(id())).encode(), List.of(new Given(who, new Signed.One(entry.hash(), new byte[] {3}))), true))
            .with(new SignedRevocation(who, Statement.Role.EXPERT, new byte[] {4}, new Hash(new byte[32]), entry.notAfter())).with(Optional.of(Draft.of(roster(2).encode(), List.of()))));
        Ledger ledger = done(port.read());
        assertEquals(List.of(1L, 1L), List.of(ledger.change(), ledger.version()));
        assertEquals(entry.hash(), ledger.served(who, Statement.Role.EXPERT).orElseThrow().hash());
        assertTrue(ledger.served(who, Statement.Role.COORDINATOR).isEmpty());
        assertEquals(roster(1).signers().getFirst().hash(), ledger.pending().certificates().getFirst().certificate().hash());
        Proposal proposal = ledger.pending().proposals().getFirst();
        assertTrue(proposal.refused());
        assertArrayEquals(new byte[] {3}, proposal.signatures().getFirst().one().signature());
        assertArrayEquals(new byte[] {4}, ledger.revocation(new Hash(new byte[32])).orElseThrow().bytes());
        assertEquals(2, ledger.pending().draft().orElseThrow().roster().version());
    }

    // seen failing: with the ledger read before the write (SQLite), and with Filters.exists instead of the number (MongoDB)
    @Test
    @DisplayName("ten changes at once: each is made to what the one before it left")
    final void race() throws Exception {
        atOnce(10, i -> port.change(ledger -> Decided.to(ledger.signed(entry(new StaffId(id()))), true)));
        assertEquals(10, done(port.read()).statements().size());
        assertEquals(10, done(port.read()).change());
    }

    // seen failing: with the number looked at after the rule
    @Test
    @DisplayName("ten rosters of one version at once: one is taken")
    final void versions() throws Exception {
        List<Boolean> taken = atOnce(10, i -> port.change(ledger -> ledger.version() == 0 ? Decided.to(ledger.with(signed(roster(1))), true) : Decided.stay(false)));
        assertEquals(1, taken.stream().filter(yes -> yes).count());
        assertEquals(1, done(port.read()).version());
    }

    @Test
    @DisplayName("a rule that leaves it as it is writes nothing")
    final void stays() throws Exception {
        changed(ledger -> ledger.signed(entry(new StaffId(id()))));
        boolean changed = done(port.change(ledger -> Decided.stay(false)));
        assertFalse(changed);
        assertEquals(1, done(port.read()).change());
    }

    @Test
    @DisplayName("withdrawn: served to nobody from the first write on; what no roster had named is gone with it, and so are proposals and what she had signed")
    final void withdraw() throws Exception {
        StaffId who = new StaffId(id());
        StaffId other = new StaffId(id());
        Entry entry = entry(who);
        Given hers = new Given(who, new Signed.One(entry.hash(), new byte[] {3}));
        changed(ledger -> ledger.signed(entry).with(signed(roster(1, entry))).with(Proposal.of(other, statement(other).encode(), List.of(hers), false)).with(Proposal.of(who, statement(who).encode(), List.of(), false))
            .with(Optional.of(Draft.of(roster(2, entry).encode(), List.of()))));
        changed(ledger -> ledger.withdrawn(who));
        Ledger ledger = done(port.read());
        assertTrue(ledger.served(who, Statement.Role.EXPERT).isEmpty());
        assertEquals(List.of(entry.hash()), ledger.withdrawn().stream().map(Entry::hash).toList());
        assertEquals(List.of(other), ledger.pending().proposals().stream().map(Proposal::who).toList());
        assertEquals(List.of(), ledger.pending().proposals().getFirst().signatures());
        assertTrue(ledger.pending().draft().isEmpty());
        changed(now -> now.with(signed(roster(2))));
        assertEquals(List.of(), done(port.read()).statements());
    }

    @Test
    @DisplayName("nothing expired is in it, but the version does not begin anew")
    final void expired() throws Exception {
        Entry entry = entry(new StaffId(id()));
        changed(ledger -> ledger.signed(entry).with(signed(roster(1, entry))).with(SignedRevocation.of(entry(new StaffId(id())), new byte[] {1})));
        clock.move(Duration.ofDays(7));
        assertTrue(done(port.read()).roster().isEmpty());
        assertEquals(1, done(port.read()).statements().size());
        clock.move(Duration.ofDays(83));
        Ledger ledger = done(port.read());
        assertTrue(ledger.statements().isEmpty() && ledger.revocations().isEmpty());
        assertEquals(1, ledger.version());
    }

    // seen failing: with all kinds taken out at once, of which the second then counted none
    @Test
    @DisplayName("the sweep writes it without what has expired, counts each kind, and leaves the version")
    final void sweep() throws Exception {
        StaffId who = new StaffId(id());
        changed(ledger -> ledger.signed(entry(new StaffId(id()))).with(signed(roster(1))).with(SignedRevocation.of(entry(who), new byte[] {7})).with(Proposal.of(who, statement(who).encode(), List.of(), false)));
        List<Purge> purges = LedgerPurge.all(port, Duration.ofDays(90));
        assertEquals(List.of(0, 0, 0), swept(purges));
        clock.move(Duration.ofDays(90));
        assertEquals(List.of(1, 1, 1), swept(purges));
        assertEquals(List.of(0, 0, 0), swept(purges));
        assertEquals(1, done(port.read()).version());
    }

    private List<Integer> swept(List<Purge> purges) throws Exception {
        LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
        return List.of(done(purges.get(0).purge(today, 10)), done(purges.get(1).purge(today, 10)), done(purges.get(2).purge(today, 10)));
    }
}
