package nl.naast.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the four ports {@link People}, {@link Invitations}, {@link Sessions} and {@link Challenges} promise, whatever keeps them; a registration goes through two of them. */
abstract class StaffStoresContract extends StaffStoresScene {
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
