package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.access.StaffSessions;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationId;
import nl.naast.desk.DeskId;
import nl.naast.desk.DeskModule;
import nl.naast.desk.DeskSignals;
import nl.naast.desk.Lease;
import nl.naast.house.Expert;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.Peer;
import nl.naast.house.Visitor;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.SecretBytes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The desk lease: a newer desk has it for good")
class LeaseTest extends LiveHouse {
    private static JsonObject lease(String desk) {
        return Peer.frame("lease").put("v", 1).put("desk", desk);
    }

    // seen failing: with Lease.taken giving the lease to whoever comes
    @Test
    @DisplayName("a desk that slept while a newer one took the lease does not take it back: the newer one talks on")
    void slept() throws Exception {
        House.SignedIn her = person("nl");
        Expert older = Expert.at(house, client, her, Peer.id());
        lost(older.peer);
        Expert newer = Expert.at(house, client, her, Peer.id());
        Visitor visitor = waiting("nl");
        talk(newer, visitor);
        assertEquals("lease-lost", Peer.desk(house, client, her).ask(lease(older.desk)).getString("code"));
        assertEquals("stored", newer.message(visitor).getString("t"));
        lost(newer.peer);
        assertEquals(newer.fence, Expert.at(house, client, her, newer.desk).fence, "the same desk keeps its fence");
    }

    // seen failing: with revoked() forgetting the desk
    @Test
    @DisplayName("a desk whose session was ended or locked does not get its lease back with a new session")
    void revoked() throws Exception {
        House.SignedIn her = person("nl");
        Expert locked = Expert.at(house, client, her, Peer.id());
        House.await(house.desks.releaseAll(her.id(), Optional.of(house.session(her))));
        assertEquals("lease-lost", Peer.desk(house, client, her).ask(lease(locked.desk)).getString("code"));
        assertEquals("leased", Peer.desk(house, client, her).ask(lease(Peer.id())).getString("t"));
    }

    // seen failing: with every session's end ending the desk, and every session's sockets told
    @Test
    @DisplayName("a session that ends elsewhere, on a forgotten tablet, takes nothing from the desk where she talks; its own ends it; a suspension ends all")
    void anotherSession() throws Exception {
        House.SignedIn here = person("nl");
        House.SignedIn tablet = house.signIn(here.id(), Set.of(Role.EXPERT), "nl");
        Peer forgotten = Peer.desk(house, client, tablet);
        Expert expert = Expert.at(house, client, here, Peer.id());
        Visitor visitor = waiting("nl");
        talk(expert, visitor);
        house.signOut(tablet);
        assertEquals(4003, forgotten.closeCode());
        assertEquals("stored", expert.message(visitor).getString("t"));
        house.signOut(here);
        assertEquals(4003, expert.peer.closeCode());
        assertEquals("released", visitor.peer.hear("view", "waiting").getString("again"));

        Expert other = desk("nl");
        House.await(house.desks.releaseAll(other.who.id(), Optional.empty()));
        assertEquals(4003, other.peer.closeCode());
    }

    private boolean mayConnect(House.SignedIn who) throws Exception {
        return House.await(house.sessions().still(house.session(who))).isPresent();
    }

    // seen failing: with lockOther doing nothing (the older session stayed open), locking whatever session the lease had (the tab's own went), and asking nothing of the rule (a desk that slept locked the newer one out)
    @Test
    @DisplayName("a desk of another session takes the lease: the older session is locked; a desk of the same session, or one that does not get the lease, locks nobody")
    void locksTheOther() throws Exception {
        House.SignedIn older = person("nl");
        House.SignedIn newer = house.signIn(older.id(), Set.of(Role.EXPERT), "nl");
        Expert first = Expert.at(house, client, older, Peer.id());
        Visitor visitor = waiting("nl");
        talk(first, visitor);
        Expert tab = Expert.at(house, client, older, Peer.id());
        first.peer.hear("lease-lost");
        assertEquals(4001, first.peer.closeCode());
        assertTrue(mayConnect(older));
        Expert second = Expert.at(house, client, newer, Peer.id());
        tab.peer.hear("lease-lost");
        assertEquals(4001, tab.peer.closeCode());
        assertEquals("false true", mayConnect(older) + " " + mayConnect(newer));
        assertEquals("stored", second.message(visitor).getString("t"), "she goes on at the newest");
        House.SignedIn third = house.signIn(older.id(), Set.of(Role.EXPERT), "nl");
        assertEquals("lease-lost", Peer.desk(house, client, third).ask(lease(first.desk)).getString("code"));
        assertTrue(mayConnect(newer));
        assertEquals("noted", second.ask(Peer.frame("available").put("yes", true)).getString("t"));
    }

    private static String again(Visitor visitor) throws Exception {
        JsonObject view = visitor.peer.hear("view", "waiting");
        return view.getString("again") + " " + view.getInteger("position");
    }

    // seen failing: with the session found before the change only, and with the one found after it only
    @Test
    @DisplayName("two newer desks at once, each of a session of its own: whoever lost the lease is locked, also when it came while the other was on its way; and before the lease is written, so that a server that ends in between leaves no session open")
    void locksInTime() throws Exception {
        House.SignedIn her = person("nl");
        House.SignedIn between = house.signIn(her.id(), Set.of(Role.EXPERT), "nl");
        House.SignedIn last = house.signIn(her.id(), Set.of(Role.EXPERT), "nl");
        Expert.at(house, client, her, Peer.id());
        List<Long> fences = new ArrayList<>();
        DeskModule meets = new DeskModule(house.sqlite(), house.wrap, clock, Duration.ofDays(90), house.conversations, new Slow(() -> { }), new Locks(house.sessions(), () -> {
            fences.add(House.await(house.desks.find(her.id())).orElseThrow().fence());
            if (fences.size() == 1) {
                Expert.at(house, client, between, Peer.id());
            }
        }));
        asWorker(() -> meets.take(her.id(), new DeskId(new Id16(Peer.id())), house.session(last)));
        assertEquals("[1, 3]", fences.toString());
        assertEquals("false false true", mayConnect(her) + " " + mayConnect(between) + " " + mayConnect(last));
    }

    // seen failing: with overtaken doing nothing
    @Test
    @DisplayName("newer keys of another page: the desk loses its lease and its visitor is told, also when that page never takes the lease")
    void newerKeys() throws Exception {
        Expert expert = desk("nl");
        Visitor visitor = waiting("nl");
        talk(expert, visitor);
        House.await(house.desks.overtaken(expert.who.id(), house.session(expert.who)));
        expert.peer.hear("lease-lost");
        assertEquals(4001, expert.peer.closeCode());
        assertEquals("released 1", again(visitor));
        assertTrue(mayConnect(expert.who));
        House.await(house.desks.overtaken(expert.who.id(), house.session(expert.who)));
        Expert newer = Expert.at(house, client, expert.who, Peer.id());
        assertEquals(visitor.conversation, newer.claim(1).getString("conversation"));
    }

    // seen failing: with the view of a waiting visitor never holding revocations
    @Test
    @DisplayName("a revocation: her desk loses its lease and not a word more goes through it, each visitor reads why, with the records that her page checks; her session stays")
    void isRevoked() throws Exception {
        Expert expert = desk("nl");
        Visitor visitor = waiting("nl");
        talk(expert, visitor);
        house.revoked(expert.who.id());
        House.await(house.desks.disown(expert.who.id(), Again.REVOKED));
        expert.peer.hear("lease-lost");
        assertEquals(4001, expert.peer.closeCode());
        JsonObject view = visitor.peer.hear("view", "waiting");
        assertEquals("revoked 1 [\"" + Base64Url.encode(House.REVOCATION) + "\"]", view.getString("again") + " " + view.getInteger("position") + " " + view.getJsonArray("revocations").encode());
        assertTrue(mayConnect(expert.who));
        Expert other = desk("nl");
        assertEquals(visitor.conversation, other.claim(1).getString("conversation"));
        other.ask(Peer.frame("release").put("conversation", visitor.conversation));
        assertFalse(visitor.peer.hear(frame -> "released".equals(frame.getString("again"))).containsKey("revocations"), "for no other reason");
    }

    // seen failing: with the janitor not looking at what the lease says
    @Test
    @DisplayName("the lease is written and the server ends: a second after the next start the newer desk has whom she talked with")
    void finished() throws Exception {
        House.SignedIn her = person("nl");
        Expert older = Expert.at(house, client, her, Peer.id());
        Visitor visitor = waiting("nl");
        talk(older, visitor);
        DeskModule dies = new DeskModule(house.sqlite(), house.wrap, clock, Duration.ofDays(90), house.conversations, new Dies(), house.sessions());
        String desk = Peer.id();
        assertThrows(Exception.class, () -> asWorker(() -> dies.take(her.id(), new DeskId(new Id16(desk)), house.session(her))));
        assertEquals(1, fenceOf(visitor));
        House.await(house.live.tick());
        assertEquals(2, fenceOf(visitor));
        assertEquals("talking", viewOf(visitor).getString("state"));
        Expert newer = Expert.at(house, client, her, desk);
        assertEquals("stored", newer.message(visitor).getString("t"));
    }

    private long fenceOf(Visitor visitor) throws Exception {
        return House.await(house.conversations.find(new ConversationId(new Id16(visitor.conversation)))).orElseThrow().claim().orElseThrow().fence();
    }

    /** Its process ends before it tells anybody. */
    private record Dies() implements DeskSignals {
        @Override
        public void leaseTaken(StaffId staff, long fence) {
            throw new IllegalStateException("this process has ended");
        }

        @Override
        public void signedOut(StaffId staff, Optional<TokenHash> session) {
        }

        @Override
        public void changed(StaffId staff) {
        }
    }

    /** Is told, as its desk module is, and lets something happen before it goes on. */
    private record Slow(ThrowingRunnable meanwhile) implements DeskSignals {
        private interface ThrowingRunnable {
            void run() throws Exception;
        }

        @Override
        public void leaseTaken(StaffId staff, long fence) {
            aside();
        }

        @Override
        public void signedOut(StaffId staff, Optional<TokenHash> session) {
            aside();
        }

        @Override
        public void changed(StaffId staff) {
        }

        private void aside() {
            try {
                Thread.ofPlatform().start(() -> {
                    try {
                        meanwhile.run();
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                }).join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** Sessions that are locked only after something has happened. */
    private record Locks(StaffSessions real, Slow.ThrowingRunnable meanwhile) implements StaffSessions {
        @Override
        public Future<Optional<StaffSession>> byToken(SecretBytes token) {
            return real.byToken(token);
        }

        @Override
        public Future<Optional<StaffSession>> still(TokenHash token) {
            return real.still(token);
        }

        @Override
        public Future<Void> lock(TokenHash token) {
            new Slow(meanwhile).aside();
            return real.lock(token);
        }
    }

    /** On a thread that may wait. */
    private <T> void asWorker(Supplier<Future<T>> work) throws Exception {
        House.await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return work.get();
            }
        }, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    }

    private void newerClaims(House.SignedIn her) throws Exception {
        long fence = ((Outcome.Done<Lease>) House.await(house.desks.take(her.id(), new DeskId(new Id16(Peer.id())), house.session(her)))).value().fence();
        House.await(house.queue.claim(new Claim(new ClaimId(new Id16(Peer.id())), her.id(), fence, 1, MlsBytes.keyPackage(MlsBytes.SUITE)), Set.of("nl")));
    }

    // seen failing: with "another fence" for "a lower fence" in take, and with every claim given back in releaseAll
    @Test
    @DisplayName("what an older desk had is given back late: what a newer one has claimed meanwhile stays")
    void late() throws Exception {
        House.SignedIn her = person("nl");
        DeskModule slow = new DeskModule(house.sqlite(), house.wrap, clock, Duration.ofDays(90), house.conversations, new Slow(() -> newerClaims(her)), house.sessions());
        Visitor overtaken = waiting("nl");
        asWorker(() -> slow.take(her.id(), new DeskId(new Id16(Peer.id())), house.session(her)));
        assertEquals("claimed", viewOf(overtaken).getString("state"));
        overtaken.leave();
        Visitor signedOut = waiting("nl");
        asWorker(() -> slow.releaseAll(her.id(), Optional.empty()));
        assertEquals("claimed", viewOf(signedOut).getString("state"));
    }
}
