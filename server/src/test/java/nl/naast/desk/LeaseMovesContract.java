package nl.naast.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import nl.naast.abuse.AbuseModule;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.access.StaffSessions;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Envelope;
import nl.naast.conversation.EnvelopeId;
import nl.naast.conversation.Kind;
import nl.naast.conversation.Member;
import nl.naast.conversation.Page;
import nl.naast.conversation.Policy;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.SecretBytes;
import nl.naast.platform.Store;
import nl.naast.queue.Proofs;
import nl.naast.queue.QueueModule;
import nl.naast.queue.QueuePolicy;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of conversations when the lease changes (protocol.md §5, §7), whatever keeps both: two rows, so two writes, and anything may happen between them. */
abstract class LeaseMovesContract extends Contract {
    private static final Duration DAY = Duration.ofHours(24);

    private record Her(TokenHash token, ConversationId id, byte[] group) {
    }

    private final StaffId staff = new StaffId(id());
    private final TokenHash session = new TokenHash(Base64Url.encode(MlsBytes.random(32)));
    private Store store;
    private ConversationModule conversations;
    private DeskModule desks;
    private QueueModule queue;

    abstract Store open() throws Exception;

    @BeforeEach
    final void house() throws Exception {
        store = open();
        conversations = new ConversationModule(store, wrap, clock, new Policy(DAY, DAY, DAY, 16_384, 100), change -> { });
        desks = module(new Told(false));
        QueuePolicy policy = new QueuePolicy(Set.of("nl"), 1000, 1000, 2, 4096, DAY, DAY, DAY);
        queue = new QueueModule(store, wrap, clock, policy, new AbuseModule(clock).rateLimit(1000, 1000), conversations, desks, new Believed(), staff -> Future.succeededFuture(true), change -> { });
    }

    private DeskModule module(DeskSignals signals) {
        return new DeskModule(store, wrap, clock, Duration.ofDays(90), conversations, signals, new Locked());
    }

    /** A process that ends once the lease is written: whoever is connected would be told next. */
    private DeskModule dying() {
        return module(new Told(true));
    }

    /** @param dies instead of telling anybody */
    private record Told(boolean dies) implements DeskSignals {
        @Override
        public void leaseTaken(StaffId staff, long fence) {
            die();
        }

        @Override
        public void signedOut(StaffId staff, Optional<TokenHash> session) {
            die();
        }

        @Override
        public void changed(StaffId staff) {
            die();
        }

        private void die() {
            if (dies) {
                throw new IllegalStateException("this process has ended");
            }
        }
    }

    private record Locked() implements StaffSessions {
        @Override
        public Future<Optional<StaffSession>> byToken(SecretBytes token) {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Optional<StaffSession>> still(TokenHash token) {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Void> lock(TokenHash token) {
            return Future.succeededFuture();
        }
    }

    private record Believed() implements Proofs {
        @Override
        public Future<Optional<Proof>> proofOf(StaffId staff) {
            return Future.succeededFuture(Optional.of(new Proof(new byte[] {1}, new byte[] {2}, List.of())));
        }

        @Override
        public Future<Papers> papers() {
            return Future.succeededFuture(new Papers(0, Optional.empty(), List.of(), who -> true, who -> false, who -> true));
        }
    }

    private static DeskId desk() {
        return new DeskId(id());
    }

    private long take(DeskId desk) throws Exception {
        return ((Outcome.Done<Lease>) done(desks.take(staff, desk, session))).value().fence();
    }

    private Her waiting() throws Exception {
        byte[] key = MlsBytes.random(65);
        key[0] = 4;
        Her her = new Her(new TokenHash(Base64Url.encode(MlsBytes.random(32))), new ConversationId(id()), MlsBytes.random(16));
        assertTrue(done(queue.join(her.token(), her.id(), "nl", key)) instanceof Outcome.Done);
        return her;
    }

    private Future<Outcome<Optional<Conversation>>> claim(long fence, int slot) {
        return queue.claim(new Claim(new ClaimId(id()), staff, fence, slot, MlsBytes.keyPackage(MlsBytes.SUITE)), Set.of("nl"));
    }

    private Her claimed(long fence, int slot) throws Exception {
        Her her = waiting();
        assertEquals(her.id(), ((Outcome.Done<Optional<Conversation>>) done(claim(fence, slot))).value().orElseThrow().id());
        return her;
    }

    private Her joining(long fence, int slot) throws Exception {
        Her her = claimed(fence, slot);
        done(conversations.append(new Member.OfVisitor(her.token()), her.id(), new EnvelopeId(id()), Kind.ADD, MlsBytes.add(her.group(), 0)));
        return her;
    }

    private Her talking(long fence, int slot) throws Exception {
        Her her = joining(fence, slot);
        done(conversations.ack(at(fence), her.id(), 1));
        assertEquals(State.TALKING, row(her).state());
        return her;
    }

    private Member.OfDesk at(long fence) {
        return new Member.OfDesk(staff, fence);
    }

    private Conversation row(Her her) throws Exception {
        return done(conversations.find(her.id())).orElseThrow();
    }

    /** State, and the fence that has it, or why she waits. */
    private String where(Her her) throws Exception {
        Conversation row = row(her);
        return row.state() + " " + row.claim().map(Claim::fence).<Object>map(fence -> fence).orElseGet(() -> row.facts().again().map(Again::name).orElse("-"));
    }

    private Outcome<Long> says(Her her, long fence) throws Exception {
        return done(conversations.append(at(fence), her.id(), new EnvelopeId(id()), Kind.MESSAGE, MlsBytes.message(her.group(), 1)));
    }

    /** What each process does once a second. */
    private void look() throws Exception {
        List<Conversation> open = done(conversations.open());
        Map<StaffId, Lease> leases = done(desks.of(open.stream().flatMap(row -> row.claim().stream()).map(Claim::staff).collect(Collectors.toSet())));
        for (Conversation row : open) {
            if (row.claim().isPresent()) {
                done(desks.settle(leases.get(row.claim().get().staff()), row));
            }
        }
    }

    // seen failing: with TakeOver giving back whoever talks, and with it moving whoever joins
    @Test
    @DisplayName("a newer desk: who talks is at it, in the same place, and is spoken with there and not at the older; who was on her way in waits first")
    final void moves() throws Exception {
        long older = take(desk());
        Her talks = talking(older, 1);
        Her joins = joining(older, 2);
        long newer = take(desk());
        assertEquals("TALKING " + newer, where(talks));
        assertEquals(1, row(talks).claim().orElseThrow().slot());
        assertEquals("WAITING RELEASED", where(joins));
        assertEquals(Outcome.done(2L), says(talks, newer));
        assertEquals(Outcome.refused(Problem.UNKNOWN), says(talks, older));
        assertEquals(List.of(1L, 2L), ((Outcome.Done<Page>) done(conversations.fetch(at(newer), talks.id(), 0, 10))).value().items().stream().map(Envelope::seq).toList());
        assertEquals(Outcome.refused(Problem.LIMIT), done(claim(newer, 1)), "her place is taken");
        assertEquals(joins.id(), ((Outcome.Done<Optional<Conversation>>) done(claim(newer, 2))).value().orElseThrow().id());
    }

    // seen failing: with TakeOver leaving every ended one where it was
    @Test
    @DisplayName("what ended a moment ago is read to its end at the newer desk")
    final void ended() throws Exception {
        long older = take(desk());
        Her left = talking(older, 1);
        Her closed = talking(older, 2);
        done(conversations.end(new Member.OfVisitor(left.token()), left.id()));
        done(conversations.end(at(older), closed.id()));
        long newer = take(desk());
        assertEquals("ENDED " + newer + " ENDED " + older, where(left) + " " + where(closed));
        clock.move(Lease.SHOWN.plus(Duration.ofMinutes(1)));
        take(desk());
        assertEquals("ENDED " + newer, where(left), "nobody is shown it any more");
    }

    // seen failing: with settleAll left out of take where the fence is the same
    @Test
    @DisplayName("the process ends between the two writes: the same desk asks again and has her")
    final void asksAgain() throws Exception {
        long older = take(desk());
        Her talks = talking(older, 1);
        DeskId newer = desk();
        assertThrows(ExecutionException.class, () -> done(dying().take(staff, newer, session)));
        assertEquals("TALKING " + older, where(talks));
        assertEquals("TALKING " + take(newer), where(talks));
    }

    // seen failing: with settle doing nothing, and with TakeOver giving back whoever talks
    @Test
    @DisplayName("the process ends between the two writes and that desk never comes back: any process finishes it")
    final void anybodyFinishes() throws Exception {
        long older = take(desk());
        Her talks = talking(older, 1);
        Her joins = joining(older, 2);
        assertThrows(ExecutionException.class, () -> done(dying().take(staff, desk(), session)));
        look();
        assertEquals("TALKING " + (older + 1), where(talks));
        assertEquals("WAITING RELEASED", where(joins));
        look();
        assertEquals("TALKING " + (older + 1), where(talks), "once");
    }

    // seen failing: with revoked() keeping what goes over: a newer desk had her
    @Test
    @DisplayName("the process ends in the middle of a sign-out or a revocation: a newer desk does not get whom it would have given back, and she reads the reason of then")
    final void givesBackLate() throws Exception {
        for (Again why : List.of(Again.RELEASED, Again.REVOKED)) {
            Her talks = talking(take(desk()), 1);
            assertThrows(ExecutionException.class, () -> done(why == Again.REVOKED ? dying().disown(staff, Again.REVOKED) : dying().releaseAll(staff, Optional.empty())));
            assertEquals(State.TALKING, row(talks).state());
            take(desk());
            assertEquals("WAITING " + why, where(talks));
            done(conversations.end(new Member.OfVisitor(talks.token()), talks.id()));
        }
    }

    @Test
    @DisplayName("a revocation: no lease, nobody at her desk, every visitor reads why; again, it changes nothing")
    final void revoked() throws Exception {
        long fence = take(desk());
        Her talks = talking(fence, 1);
        Her joins = joining(fence, 2);
        done(desks.disown(staff, Again.REVOKED));
        assertEquals("WAITING REVOKED WAITING REVOKED", where(talks) + " " + where(joins));
        assertFalse(done(desks.holds(staff, fence)));
        long version = done(desks.find(staff)).orElseThrow().version();
        done(desks.disown(staff, Again.REVOKED));
        assertEquals(version, done(desks.find(staff)).orElseThrow().version());
    }

    // seen failing: with settle doing nothing
    @Test
    @DisplayName("newer desks, claims, joins and releases at once: whoever is not waiting is at the newest desk")
    final void atOnceAll() throws Exception {
        for (int round = 0; round < 6; round++) {
            long fence = take(desk());
            Her joins = joining(fence, 1);
            Her waits = waiting();
            atOnce(8, i -> switch (i) {
                case 0, 3, 6 -> desks.take(staff, desk(), session).mapEmpty();
                case 1 -> conversations.ack(at(fence), joins.id(), 1).mapEmpty();
                case 2 -> claim(fence, 2).mapEmpty();
                case 4 -> conversations.append(new Member.OfVisitor(joins.token()), joins.id(), new EnvelopeId(id()), Kind.MESSAGE, MlsBytes.message(joins.group(), 1)).mapEmpty();
                case 5 -> claim(fence + 1, 2).mapEmpty();
                default -> desks.find(staff).mapEmpty();
            });
            long newest = done(desks.find(staff)).orElseThrow().fence();
            assertEquals(fence + 3, newest);
            for (Her her : List.of(joins, waits)) {
                Conversation row = row(her);
                assertTrue(row.state() == State.WAITING || row.claim().orElseThrow().fence() == newest, row + " of " + row.claim().map(Claim::fence) + ", newest " + newest);
                done(conversations.end(new Member.OfVisitor(her.token()), her.id()));
            }
        }
    }

    // seen failing: with vanished() asking for the claim alone
    @Test
    @DisplayName("a newer desk came in the moment in which she was held for vanished: it keeps its visitor")
    final void cameInTime() throws Exception {
        long older = take(desk());
        Her talks = talking(older, 1);
        Claim looked = row(talks).claim().orElseThrow();
        long newer = take(desk());
        done(conversations.vanished(talks.id(), looked));
        assertEquals("TALKING " + newer, where(talks));
        done(conversations.vanished(talks.id(), row(talks).claim().orElseThrow()));
        assertEquals("WAITING VANISHED", where(talks));
    }

    // seen failing: with refusal() not looking at away, and with about() not looking at it
    @Test
    @DisplayName("away: who talks stays, who has not been joined waits first without a missed join, nobody is claimed; back, she may claim")
    final void away() throws Exception {
        long fence = take(desk());
        Her talks = talking(fence, 1);
        Her joins = joining(fence, 2);
        assertEquals(Outcome.done(null), done(desks.away(staff, fence, true)));
        assertEquals("TALKING " + fence, where(talks));
        assertEquals("WAITING RELEASED 0", where(joins) + " " + row(joins).facts().missed());
        assertEquals(Outcome.refused(Problem.NOT_NOW), done(claim(fence, 2)));
        long version = done(desks.find(staff)).orElseThrow().version();
        done(desks.away(staff, fence, true));
        assertEquals(version, done(desks.find(staff)).orElseThrow().version(), "said twice, it is one time");
        done(desks.away(staff, fence, false));
        assertTrue(done(claim(fence, 2)) instanceof Outcome.Done);
        assertEquals(Outcome.refused(Problem.LEASE_LOST), done(desks.away(staff, fence + 1, true)));
    }

    // seen failing: with settle giving back by the claim alone
    @Test
    @DisplayName("the join came in the moment of the lock: who is in it by now stays")
    final void joinedInTime() throws Exception {
        long fence = take(desk());
        Her joins = joining(fence, 1);
        Conversation looked = row(joins);
        done(conversations.ack(at(fence), joins.id(), 1));
        done(desks.away(staff, fence, true));
        done(desks.settle(done(desks.find(staff)).orElseThrow(), looked));
        assertEquals("TALKING " + fence, where(joins));
    }

    // seen failing: with the claim not looked at again after it
    @Test
    @DisplayName("away and a claim at once: nobody is left with a locked desk")
    final void awayAndClaim() throws Exception {
        long fence = take(desk());
        for (int round = 0; round < 10; round++) {
            Her waits = waiting();
            atOnce(3, i -> i == 1 ? desks.away(staff, fence, true).mapEmpty() : claim(fence, 1).mapEmpty());
            assertEquals(State.WAITING, row(waits).state());
            done(conversations.end(new Member.OfVisitor(waits.token()), waits.id()));
            done(desks.away(staff, fence, false));
        }
    }

    // seen failing: with taken() keeping away for whoever comes, and with it forgetting it for the desk that has the lease
    @Test
    @DisplayName("the same desk that connects anew is away still; a newer desk, and one that was signed out, is not; available is what she said, but not while away")
    final void stillAway() throws Exception {
        DeskId desk = desk();
        long fence = take(desk);
        done(desks.available(staff, fence, true));
        done(desks.away(staff, fence, true));
        take(desk);
        Lease lease = done(desks.find(staff)).orElseThrow();
        assertEquals("true true false", lease.away().now() + " " + lease.wished() + " " + lease.available());
        done(desks.away(staff, fence, false));
        assertTrue(done(desks.find(staff)).orElseThrow().available());
        done(desks.away(staff, fence, true));
        take(desk());
        assertEquals(new Lease.Away(false, 2), done(desks.find(staff)).orElseThrow().away());
        done(desks.away(staff, fence + 1, true));
        done(desks.releaseAll(staff, Optional.empty()));
        assertEquals(new Lease.Away(false, 3), done(desks.find(staff)).orElseThrow().away());
    }
}
