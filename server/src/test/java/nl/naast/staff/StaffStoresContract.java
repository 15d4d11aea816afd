package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
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
    private static final Profile NOOR = new Profile("Noor", Set.of(Role.EXPERT), Set.of("nl", "ar"));
    private static final Duration LIFE = Duration.ofHours(72);

    private StaffStores port;

    abstract StaffStores open(Wrap wrap, Clock clock) throws Exception;

    @BeforeEach
    final void stores() throws Exception {
        port = open(wrap, clock);
    }

    private static InvitationCode code() {
        return InvitationCode.random(RandomSource.system());
    }

    private Invitation invitation() {
        return new Invitation(id(), NOOR, clock.now().plus(LIFE));
    }

    private static Passkey passkey(long counter) {
        return new Passkey(new StaffId(id()), Base64Url.encode(MlsBytes.random(20)), Base64Url.encode(MlsBytes.random(77)), counter, "00000000-0000-0000-0000-000000000000");
    }

    private Passkey registered(long counter) throws Exception {
        InvitationCode code = code();
        done(port.invitations().put(invitation(), code));
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
        assertTrue(done(port.invitations().put(invitation, older)));
        assertEquals(Optional.of(invitation), done(port.invitations().find(older)));
        assertTrue(done(port.invitations().put(invitation, newer)));
        assertTrue(done(port.invitations().find(older)).isEmpty() && done(port.invitations().find(code())).isEmpty());
        assertEquals(List.of(invitation), done(port.invitations().open()));
        assertTrue(done(port.invitations().withdraw(invitation.id())));
        assertFalse(done(port.invitations().withdraw(invitation.id())));
        assertFalse(done(port.invitations().put(invitation, code())), "a withdrawn one does not come back");
        assertTrue(done(port.invitations().find(newer)).isEmpty() && done(port.invitations().open()).isEmpty());
        InvitationCode late = code();
        done(port.invitations().put(invitation(), late));
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
        done(port.invitations().put(invitation, code));
        List<Optional<Person>> answers = atOnce(10, i -> port.people().register(code, passkey(0)));
        List<Person> people = answers.stream().flatMap(Optional::stream).toList();
        assertEquals(1, people.size());
        assertEquals(NOOR, people.getFirst().profile());
        assertEquals(people, done(port.people().all()));
        assertEquals(Optional.of(people.getFirst()), done(port.people().find(people.getFirst().id())));
        assertTrue(done(port.invitations().find(code)).isEmpty() && done(port.invitations().open()).isEmpty());
        assertFalse(done(port.invitations().put(invitation, code())), "a used one does not come back");
    }

    @Test
    @DisplayName("a passkey or an id that is somebody's is nobody else's, and the invitation stays good")
    final void taken() throws Exception {
        Passkey hers = registered(0);
        InvitationCode code = code();
        done(port.invitations().put(invitation(), code));
        assertTrue(done(port.people().register(code, hers)).isEmpty());
        assertTrue(done(port.people().register(code, new Passkey(hers.owner(), passkey(0).credentialId(), hers.publicKey(), 0, hers.aaguid()))).isEmpty());
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
        assertEquals(People.Suspended.UNKNOWN, done(port.people().suspend(new StaffId(id()))));
        assertEquals(1, atOnce(8, i -> port.people().suspend(hers.owner())).stream().filter(People.Suspended.NOW::equals).count());
        assertEquals(People.Suspended.BEFORE, done(port.people().suspend(hers.owner())));
        assertTrue(done(port.people().passkey(hers.credentialId())).isEmpty());
        assertEquals(Person.State.SUSPENDED, done(port.people().find(hers.owner())).orElseThrow().state());
        clock.move(StaffRules.KEPT_SUSPENDED.plus(Duration.ofDays(1)));
        assertTrue(done(port.people().find(hers.owner())).isEmpty() && done(port.people().all()).isEmpty());
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

    private Challenge challenge(Challenge.Purpose purpose) {
        return new Challenge(id(), purpose, new StaffId(id()), clock.now().plus(Duration.ofMinutes(6)));
    }

    // seen failing: with the challenge read before the write that takes it away
    @Test
    @DisplayName("a challenge is good for one try, of ten at once too; not for another value or purpose; not after its time")
    final void challenges() throws Exception {
        Challenge challenge = challenge(Challenge.Purpose.SIGN_IN);
        done(port.challenges().put(challenge, "value"));
        assertEquals(List.of(challenge), atOnce(10, i -> port.challenges().take(challenge.id(), "value", Challenge.Purpose.SIGN_IN)).stream().flatMap(Optional::stream).toList());
        for (String wrong : List.of("another", "value")) {
            Challenge next = challenge(Challenge.Purpose.REGISTER);
            done(port.challenges().put(next, "value"));
            assertTrue(done(port.challenges().take(next.id(), wrong, Challenge.Purpose.SIGN_IN)).isEmpty());
            assertTrue(done(port.challenges().take(next.id(), "value", Challenge.Purpose.REGISTER)).isEmpty(), "its one try is over");
        }
        Challenge late = challenge(Challenge.Purpose.SIGN_IN);
        done(port.challenges().put(late, "value"));
        clock.move(Duration.ofMinutes(6));
        assertTrue(done(port.challenges().take(late.id(), "value", Challenge.Purpose.SIGN_IN)).isEmpty());
    }

    @Test
    @DisplayName("only the newest thousand challenges are kept: anybody may ask for one")
    final void most() throws Exception {
        Instant began = clock.now();
        Challenge first = challenge(Challenge.Purpose.SIGN_IN);
        done(port.challenges().put(first, "first"));
        Challenge second = challenge(Challenge.Purpose.SIGN_IN);
        done(port.challenges().put(second, "second"));
        atOnce(Challenges.MOST - 1, i -> port.challenges().put(challenge(Challenge.Purpose.SIGN_IN), "more " + i));
        assertEquals(began, clock.now());
        assertTrue(done(port.challenges().take(first.id(), "first", Challenge.Purpose.SIGN_IN)).isEmpty());
        assertTrue(done(port.challenges().take(second.id(), "second", Challenge.Purpose.SIGN_IN)).isPresent());
    }
}
