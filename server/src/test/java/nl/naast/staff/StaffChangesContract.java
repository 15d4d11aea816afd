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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link People}, {@link Resets} and {@link Sessions} promise of further passkeys, of who begins anew, and of who is available, whatever keeps them. */
abstract class StaffChangesContract extends StaffStoresScene {
    private static Passkey further(StaffId owner) {
        Passkey fresh = passkey(0);
        return new Passkey(owner, fresh.credentialId(), fresh.publicKey(), 3, fresh.aaguid(), 20_001, false);
    }

    // seen failing (MongoDB): with the first passkey's counter written for whichever was used
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

    // seen failing: with one more allowed; with the count read outside of the write (SQLite), with the version left out of it (MongoDB)
    @Test
    @DisplayName("ten passkeys at the most, also when twelve are made at once")
    final void tenPasskeys() throws Exception {
        StaffId her = registered(0).owner();
        List<People.Added> answers = atOnce(12, i -> port.people().add(further(her)));
        assertEquals(9, answers.stream().filter(People.Added.NOW::equals).count(), answers.toString());
        assertEquals(3, answers.stream().filter(People.Added.LIMIT::equals).count(), answers.toString());
        assertEquals(Passkey.MOST, done(port.people().passkeys(her)).size());
    }

    // seen failing: with the count read outside of the write (SQLite), with the version left out of it (MongoDB)
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

    final StaffId coordinator() throws Exception {
        InvitationCode code = code();
        assertTrue(done(port.invitations().put(new Invitation(id(), new Profile("Co", Set.of(Role.COORDINATOR), Set.of("nl")), clock.now().plus(LIFE)), code, administrator())));
        return done(port.people().register(code, passkey(0))).orElseThrow().id();
    }

    private Resets.Answer reset(StaffId by, StaffId about, InvitationCode code) throws Exception {
        return done(port.resets().reset(by, about, fresh(code)));
    }

    final Invitations.Fresh fresh(InvitationCode code) {
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

    // seen failing: with another link for whoever asks once it is decided
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
        assertTrue(done(port.sessions().isAvailable(one.token())));
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
}
