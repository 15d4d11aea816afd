package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the four ports {@link People}, {@link Invitations}, {@link Sessions} and {@link Challenges} promise, whatever keeps them; a registration goes through two of them. */
abstract class StaffStoresContract extends Contract {
    private static final Profile SAM = new Profile("Sam", Set.of(Role.ADMINISTRATOR), Set.of("nl"));
    private static final Profile NOOR = new Profile("Noor", Set.of(Role.EXPERT), Set.of("nl", "ar"));
    private static final Duration LIFE = Duration.ofHours(72);

    private StaffStores port;
    private StaffId sam;

    abstract StaffStores open(Wrap wrap, Clock clock) throws Exception;

    @BeforeEach
    final void stores() throws Exception {
        port = open(wrap, clock);
    }

    /** An administrator, there from the first call on. */
    private StaffId administrator() throws Exception {
        if (sam == null) {
            InvitationCode code = code();
            assertTrue(done(port.invitations().putFirst(new Invitation(id(), SAM, clock.now().plus(LIFE)), code)));
            sam = done(port.people().register(code, passkey(0))).orElseThrow().id();
        }
        return sam;
    }

    private StaffId second() throws Exception {
        InvitationCode code = code();
        assertTrue(done(port.invitations().put(new Invitation(id(), SAM, clock.now().plus(LIFE)), code, administrator())));
        return done(port.people().register(code, passkey(0))).orElseThrow().id();
    }

    private static InvitationCode code() {
        return InvitationCode.random(RandomSource.system());
    }

    private Invitation invitation() {
        return new Invitation(id(), NOOR, clock.now().plus(LIFE));
    }

    private static Passkey passkey(long counter) {
        return new Passkey(new StaffId(id()), Base64Url.encode(MlsBytes.random(20)), Base64Url.encode(MlsBytes.random(77)), counter, "00000000-0000-0000-0000-000000000000", 20_000, true);
    }

    private Passkey registered(long counter) throws Exception {
        InvitationCode code = code();
        done(port.invitations().put(invitation(), code, administrator()));
        Passkey passkey = passkey(counter);
        assertTrue(done(port.people().register(code, passkey)).isPresent());
        return passkey;
    }

    @Test
    @DisplayName("invitations: found by their code and in the list until withdrawn or expired; the same id again voids the older code")
    final void invitations() throws Exception {
        Invitation invitation = invitation();
        InvitationCode older = code();
        InvitationCode newer = code();
        assertTrue(done(port.invitations().put(invitation, older, administrator())));
        assertEquals(Optional.of(invitation), done(port.invitations().find(older)));
        assertTrue(done(port.invitations().put(invitation, newer, administrator())));
        assertTrue(done(port.invitations().find(older)).isEmpty() && done(port.invitations().find(code())).isEmpty());
        assertEquals(List.of(invitation), done(port.invitations().open()));
        assertTrue(done(port.invitations().withdraw(invitation.id())));
        assertFalse(done(port.invitations().withdraw(invitation.id())));
        assertFalse(done(port.invitations().put(invitation, code(), administrator())), "a withdrawn one does not come back");
        assertTrue(done(port.invitations().find(newer)).isEmpty() && done(port.invitations().open()).isEmpty());
        InvitationCode late = code();
        done(port.invitations().put(invitation(), late, administrator()));
        clock.move(LIFE);
        assertTrue(done(port.invitations().find(late)).isEmpty() && done(port.invitations().open()).isEmpty());
        assertTrue(done(port.people().register(late, passkey(0))).isEmpty());
    }

    @Test
    @DisplayName("the first invitation is kept only while there is nobody")
    final void first() throws Exception {
        assertTrue(done(port.people().nobody()) && done(port.invitations().putFirst(invitation(), code())));
        registered(0);
        assertFalse(done(port.people().nobody()) || done(port.invitations().putFirst(invitation(), code())));
    }

    // seen failing: with the invitation read before the write
    @Test
    @DisplayName("ten register at once with one code: one person, one passkey, the code is used up")
    final void register() throws Exception {
        InvitationCode code = code();
        Invitation invitation = invitation();
        done(port.invitations().put(invitation, code, administrator()));
        List<Optional<Person>> answers = atOnce(10, i -> port.people().register(code, passkey(0)));
        List<Person> people = answers.stream().flatMap(Optional::stream).toList();
        assertEquals(1, people.size());
        assertEquals(NOOR, people.getFirst().profile());
        assertEquals(people, done(port.people().all()).stream().filter(person -> !person.id().equals(sam)).toList());
        assertEquals(Optional.of(people.getFirst()), done(port.people().find(people.getFirst().id())));
        assertTrue(done(port.invitations().find(code)).isEmpty() && done(port.invitations().open()).isEmpty());
        assertFalse(done(port.invitations().put(invitation, code(), administrator())), "a used one does not come back");
    }

    @Test
    @DisplayName("a passkey or an id that is somebody's is nobody else's, and the invitation stays good")
    final void taken() throws Exception {
        Passkey hers = registered(0);
        InvitationCode code = code();
        done(port.invitations().put(invitation(), code, administrator()));
        assertTrue(done(port.people().register(code, hers)).isEmpty());
        assertTrue(done(port.people().register(code, new Passkey(hers.owner(), passkey(0).credentialId(), hers.publicKey(), 0, hers.aaguid(), hers.made(), hers.synced()))).isEmpty());
        assertTrue(done(port.invitations().find(code)).isPresent());
    }

    // seen failing: with counter < before.counter() only
    @Test
    @DisplayName("a counter that does not grow is a copy, also of two uses at once; one that counts nothing is none")
    final void counter() throws Exception {
        Passkey counts = registered(5);
        assertEquals(Optional.of(counts), done(port.people().passkey(counts.credentialId())));
        assertEquals(1, atOnce(8, i -> port.people().counted(counts.credentialId(), 6)).stream().filter(good -> good).count());
        assertFalse(done(port.people().counted(counts.credentialId(), 5)) || done(port.people().counted(counts.credentialId(), 0)));
        assertEquals(6, done(port.people().passkey(counts.credentialId())).orElseThrow().counter());
        Passkey countsNothing = registered(0);
        assertTrue(done(port.people().counted(countsNothing.credentialId(), 0)) && done(port.people().counted(countsNothing.credentialId(), 0)));
        assertFalse(done(port.people().counted(passkey(0).credentialId(), 9)));
    }

    @Test
    @DisplayName("a suspended person is suspended once, her passkey opens nothing, and after ninety days she is not there")
    final void suspend() throws Exception {
        Passkey hers = registered(0);
        assertEquals(People.Suspended.UNKNOWN, done(port.people().suspend(administrator(), new StaffId(id()))));
        assertEquals(1, atOnce(8, i -> port.people().suspend(sam, hers.owner())).stream().filter(People.Suspended.NOW::equals).count());
        assertEquals(People.Suspended.BEFORE, done(port.people().suspend(sam, hers.owner())));
        assertTrue(done(port.people().passkey(hers.credentialId())).isEmpty());
        assertEquals(Person.State.SUSPENDED, done(port.people().find(hers.owner())).orElseThrow().state());
        clock.move(StaffRules.KEPT_SUSPENDED.plus(Duration.ofDays(1)));
        assertTrue(done(port.people().find(hers.owner())).isEmpty() && done(port.people().all()).size() == 1);
    }

    // seen failing: with the check left to the request's session
    @Test
    @DisplayName("two administrators who suspend each other at once: one is left; nobody suspends herself")
    final void eachOther() throws Exception {
        StaffId one = administrator();
        StaffId other = second();
        List<People.Suspended> answers = atOnce(2, i -> i == 0 ? port.people().suspend(one, other) : port.people().suspend(other, one));
        assertEquals(Set.of(People.Suspended.NOW, People.Suspended.NOT_ALLOWED), Set.copyOf(answers));
        assertEquals(1, done(port.people().all()).stream().filter(Person::active).count());
        StaffId left = done(port.people().all()).stream().filter(Person::active).findFirst().orElseThrow().id();
        assertEquals(People.Suspended.NOT_ALLOWED, done(port.people().suspend(left, left)));
    }

    // seen failing: without withdrawBy
    @Test
    @DisplayName("a suspended administrator's open invitations are void, and she makes no more")
    final void noWayBack() throws Exception {
        StaffId other = second();
        InvitationCode code = code();
        assertTrue(done(port.invitations().put(new Invitation(id(), SAM, clock.now().plus(LIFE)), code, other)));
        done(port.people().suspend(administrator(), other));
        assertTrue(done(port.invitations().find(code)).isEmpty() && done(port.people().register(code, passkey(0))).isEmpty());
        assertFalse(done(port.invitations().put(new Invitation(id(), NOOR, clock.now().plus(LIFE)), code(), other)));
    }

    private static Passkey further(StaffId owner) {
        Passkey fresh = passkey(0);
        return new Passkey(owner, fresh.credentialId(), fresh.publicKey(), 3, fresh.aaguid(), 20_001, false);
    }

    // seen failing: with the first passkey's counter written for whichever was used
    @Test
    @DisplayName("a further passkey opens and counts by itself, the first goes on; the same again is the same, somebody else's is taken")
    final void further() throws Exception {
        Passkey first = registered(5);
        Passkey second = further(first.owner());
        assertEquals(People.Added.NOW, done(port.people().add(second)));
        assertEquals(People.Added.BEFORE, done(port.people().add(second)));
        assertEquals(List.of(first, second), done(port.people().passkeys(first.owner())));
        assertTrue(done(port.people().counted(second.credentialId(), 4)));
        assertEquals(Optional.of(second.counted(4)), done(port.people().passkey(second.credentialId())));
        assertEquals(Optional.of(first), done(port.people().passkey(first.credentialId())));
        Passkey others = registered(0);
        assertEquals(People.Added.TAKEN, done(port.people().add(new Passkey(others.owner(), second.credentialId(), second.publicKey(), 0, second.aaguid(), 0, false))));
        assertEquals(People.Added.TAKEN, done(port.people().add(new Passkey(others.owner(), first.credentialId(), first.publicKey(), 0, first.aaguid(), 0, false))));
        assertEquals(People.Added.GONE, done(port.people().add(further(new StaffId(id())))));
        InvitationCode code = code();
        done(port.invitations().put(invitation(), code, administrator()));
        assertTrue(done(port.people().register(code, new Passkey(new StaffId(id()), second.credentialId(), second.publicKey(), 0, second.aaguid(), 0, false))).isEmpty(), "nor does anybody register with it");
        done(port.people().suspend(administrator(), first.owner()));
        assertEquals(List.of(), done(port.people().passkeys(first.owner())));
        assertTrue(done(port.people().passkey(second.credentialId())).isEmpty());
        assertEquals(People.Added.GONE, done(port.people().add(further(first.owner()))));
    }

    // seen failing: with one more allowed; with the count read outside of the write
    @Test
    @DisplayName("ten passkeys at the most, also when twelve are made at once")
    final void tenPasskeys() throws Exception {
        StaffId her = registered(0).owner();
        List<People.Added> answers = atOnce(12, i -> port.people().add(further(her)));
        assertEquals(9, answers.stream().filter(People.Added.NOW::equals).count(), answers.toString());
        assertEquals(3, answers.stream().filter(People.Added.LIMIT::equals).count(), answers.toString());
        assertEquals(Passkey.MOST, done(port.people().passkeys(her)).size());
    }

    // seen failing: with the count read outside of the write
    @Test
    @DisplayName("a removed passkey opens nothing; the last one stays, also when both are removed at once; the first of all can go too")
    final void removed() throws Exception {
        for (int round = 0; round < 10; round++) {
            Passkey first = registered(0);
            Passkey second = further(first.owner());
            done(port.people().add(second));
            List<Passkey> both = List.of(first, second);
            List<Boolean> answers = atOnce(2, i -> port.people().remove(first.owner(), both.get(i).credentialId()));
            assertEquals(Set.of(true, false), Set.copyOf(answers));
            Passkey left = both.get(answers.indexOf(false));
            assertEquals(List.of(left), done(port.people().passkeys(first.owner())));
            assertEquals(Optional.of(left), done(port.people().passkey(left.credentialId())));
            assertTrue(done(port.people().passkey(both.get(answers.indexOf(true)).credentialId())).isEmpty());
            assertFalse(done(port.people().remove(first.owner(), left.credentialId())));
            assertTrue(done(port.people().remove(first.owner(), both.get(answers.indexOf(true)).credentialId())), "again");
            assertEquals(People.Added.NOW, done(port.people().add(both.get(answers.indexOf(true)))), "nobody's, so it can come back");
        }
    }

    private StaffId coordinator() throws Exception {
        InvitationCode code = code();
        assertTrue(done(port.invitations().put(new Invitation(id(), new Profile("Co", Set.of(Role.COORDINATOR), Set.of("nl")), clock.now().plus(LIFE)), code, administrator())));
        return done(port.people().register(code, passkey(0))).orElseThrow().id();
    }

    private Resets.Answer reset(StaffId by, StaffId about, InvitationCode code) throws Exception {
        return done(port.resets().reset(by, about, fresh(code)));
    }

    private Invitations.Fresh fresh(InvitationCode code) {
        return new Invitations.Fresh(id(), code, clock.now().plus(LIFE));
    }

    // seen failing: with the first coordinator's second request deciding; with the suspension left out; with a new invitation for each link
    @Test
    @DisplayName("one coordinator asks, another decides: she is suspended and an invitation of the same words is open; again by the second it is the same one under another code")
    final void resets() throws Exception {
        Passkey hers = registered(0);
        StaffId one = coordinator();
        StaffId two = coordinator();
        assertEquals(Resets.Answer.ASKED, reset(one, hers.owner(), code()));
        assertEquals(Resets.Answer.WAITS, reset(one, hers.owner(), code()));
        assertEquals(Set.of(hers.owner()), done(port.resets().asked()));
        assertTrue(done(port.people().passkey(hers.credentialId())).isPresent(), "nothing has happened yet");
        InvitationCode older = code();
        InvitationCode newer = code();
        assertEquals(Resets.Answer.DONE, reset(two, hers.owner(), older));
        assertEquals(Person.State.SUSPENDED, done(port.people().find(hers.owner())).orElseThrow().state());
        assertEquals(NOOR, done(port.invitations().find(older)).orElseThrow().profile());
        assertEquals(Resets.Answer.DONE, reset(two, hers.owner(), newer));
        assertTrue(done(port.invitations().find(older)).isEmpty());
        assertEquals(1, done(port.invitations().open()).size());
        assertEquals(Set.of(), done(port.resets().asked()));
        assertEquals(Resets.Answer.NOT_NOW, reset(one, hers.owner(), code()));
        assertTrue(done(port.people().register(newer, passkey(0))).isPresent());
        assertEquals(Resets.Answer.NOT_NOW, reset(two, hers.owner(), code()), "it was used");
    }

    // seen failing: with each condition of Reset.step and of reset() left out in turn
    @Test
    @DisplayName("nobody resets herself, no other role, nobody who is suspended or unknown; what was asked a day ago, or by somebody who is a coordinator no more, was never asked")
    final void resetRefused() throws Exception {
        StaffId her = registered(0).owner();
        StaffId one = coordinator();
        StaffId two = coordinator();
        StaffId three = coordinator();
        assertEquals(Resets.Answer.NOT_ALLOWED, reset(one, one, code()));
        assertEquals(Resets.Answer.NOT_ALLOWED, reset(administrator(), her, code()));
        assertEquals(Resets.Answer.NOT_ALLOWED, reset(her, one, code()));
        assertEquals(Resets.Answer.UNKNOWN, reset(one, new StaffId(id()), code()));
        assertEquals(Resets.Answer.ASKED, reset(one, her, code()));
        clock.move(StaffRules.RESET);
        assertEquals(Set.of(), done(port.resets().asked()));
        assertEquals(Resets.Answer.ASKED, reset(two, her, code()));
        done(port.people().suspend(administrator(), two));
        assertEquals(Resets.Answer.NOT_ALLOWED, reset(two, her, code()));
        assertEquals(Resets.Answer.ASKED, reset(three, her, code()), "the one who asked is gone");
        done(port.people().suspend(administrator(), her));
        assertEquals(Resets.Answer.NOT_NOW, reset(one, her, code()));
        assertEquals(List.of(), done(port.invitations().open()));
    }

    // seen failing: with the row written without its version (MongoDB)
    @Test
    @DisplayName("two coordinators at once: one asks, the other decides; three who decide at once: one of them has the link")
    final void resetRaced() throws Exception {
        List<StaffId> coordinators = List.of(coordinator(), coordinator(), coordinator(), coordinator());
        for (int round = 0; round < 5; round++) {
            StaffId her = registered(0).owner();
            List<Resets.Answer> two = atOnce(2, i -> port.resets().reset(coordinators.get(i), her, fresh(code())));
            assertEquals(Set.of(Resets.Answer.ASKED, Resets.Answer.DONE), Set.copyOf(two));
            StaffId other = registered(0).owner();
            assertEquals(Resets.Answer.ASKED, reset(coordinators.getFirst(), other, code()));
            List<Resets.Answer> three = atOnce(3, i -> port.resets().reset(coordinators.get(i + 1), other, fresh(code())));
            assertEquals(List.of(Resets.Answer.DONE, Resets.Answer.NOT_NOW, Resets.Answer.NOT_NOW), three.stream().sorted().toList());
            assertEquals(2 * (round + 1), done(port.invitations().open()).size());
        }
    }

    // seen failing: with the maker of a reset's invitation left empty
    @Test
    @DisplayName("the invitation of a reset is void when the coordinator who has its link is suspended")
    final void resetVoid() throws Exception {
        StaffId her = registered(0).owner();
        StaffId two = coordinator();
        InvitationCode code = code();
        assertEquals(Resets.Answer.ASKED, reset(coordinator(), her, code()));
        assertEquals(Resets.Answer.DONE, reset(two, her, code));
        done(port.people().suspend(administrator(), two));
        assertTrue(done(port.invitations().find(code)).isEmpty() && done(port.people().register(code, passkey(0))).isEmpty());
    }

    // seen failing: with the state left out of available()
    @Test
    @DisplayName("available is said in a session: of one that was locked, ended or has run out nothing is left of it, a new one begins without")
    final void available() throws Exception {
        StaffId who = new StaffId(id());
        Session one = session(who);
        done(port.sessions().open(one));
        assertEquals(Set.of(), done(port.sessions().available()));
        assertTrue(done(port.sessions().available(one.token(), true)) && done(port.sessions().available(one.token(), true)));
        assertEquals(Set.of(who), done(port.sessions().available()));
        assertEquals(Optional.of(one), done(port.sessions().find(one.token())));
        assertTrue(done(port.sessions().available(one.token(), false)));
        assertEquals(Set.of(), done(port.sessions().available()));
        assertTrue(done(port.sessions().available(one.token(), true)));
        Session two = session(who);
        done(port.sessions().open(two));
        assertEquals(Set.of(one.token(), two.token()), Set.copyOf(done(port.sessions().of(who))));
        assertTrue(done(port.sessions().lock(one.token())));
        assertEquals(Set.of(), done(port.sessions().available()));
        assertFalse(done(port.sessions().available(one.token(), true)) || done(port.sessions().available(session(who).token(), true)));
        assertTrue(done(port.sessions().available(two.token(), true)));
        clock.move(Duration.ofHours(12));
        assertEquals(Set.of(), done(port.sessions().available()));
    }

    private Session session(StaffId who) {
        return new Session(new TokenHash(Base64Url.encode(MlsBytes.random(32))), who, false, clock.now().plus(Duration.ofHours(12)));
    }

    @Test
    @DisplayName("sessions: found, locked once, ended once, all of one person, none after its time")
    final void sessions() throws Exception {
        StaffId who = new StaffId(id());
        Session one = session(who);
        Session two = session(who);
        Session other = session(new StaffId(id()));
        for (Session session : List.of(one, two, other)) {
            done(port.sessions().open(session));
        }
        assertEquals(Optional.of(one), done(port.sessions().find(one.token())));
        assertEquals(1, atOnce(8, i -> port.sessions().lock(one.token())).stream().filter(now -> now).count());
        assertTrue(done(port.sessions().find(one.token())).orElseThrow().locked());
        assertFalse(done(port.sessions().lock(session(who).token())));
        assertTrue(done(port.sessions().end(one.token())));
        assertFalse(done(port.sessions().end(one.token())));
        done(port.sessions().endAll(who));
        assertTrue(done(port.sessions().find(one.token())).isEmpty() && done(port.sessions().find(two.token())).isEmpty());
        assertTrue(done(port.sessions().find(other.token())).isPresent());
        clock.move(Duration.ofHours(12));
        assertTrue(done(port.sessions().find(other.token())).isEmpty());
    }

    // seen failing: with INSERT OR REPLACE
    @Test
    @DisplayName("a challenge is good for one answer, of ten at once too; not after its time")
    final void challenges() throws Exception {
        Challenge challenge = new Challenge(Challenge.Purpose.SIGN_IN, "value", new StaffId(id()), clock.now().plus(Duration.ofMinutes(6)));
        assertEquals(1, atOnce(10, i -> port.challenges().use(challenge)).stream().filter(first -> first).count());
        assertFalse(done(port.challenges().use(challenge)));
        Challenge late = new Challenge(Challenge.Purpose.SIGN_IN, "another", new StaffId(id()), clock.now().plus(Duration.ofMinutes(6)));
        clock.move(Duration.ofMinutes(6));
        assertFalse(done(port.challenges().use(late)));
    }
}
