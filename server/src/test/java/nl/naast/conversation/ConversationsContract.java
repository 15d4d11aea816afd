package nl.naast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Conversation.Why;
import nl.naast.conversation.Conversations.Changed;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Wrap;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link Conversations} promises, whatever keeps them. */
abstract class ConversationsContract extends Contract {
    private static final Duration LIFE = Duration.ofDays(31);

    private final StaffId staff = new StaffId(id());
    private Conversations port;
    private Conversation row;

    abstract Conversations open(Wrap wrap, Clock clock) throws Exception;

    /** Puts a row there, as the queue does. */
    abstract void plant(Conversation fresh) throws Exception;

    @BeforeEach
    final void one() throws Exception {
        port = open(wrap, clock);
        row = fresh();
    }

    private Conversation fresh() throws Exception {
        ConversationId id = new ConversationId(id());
        Instant now = clock.now();
        plant(Conversation.fresh(id, new TokenHash(Base64Url.encode(MlsBytes.random(32))), "nl", MlsBytes.random(65), now, now.plus(LIFE)));
        return done(port.find(id)).orElseThrow();
    }

    private Claim claim() {
        return new Claim(new ClaimId(id()), staff, 3, 1, MlsBytes.random(40));
    }

    private static Step<Long> append(Conversation now, EnvelopeId id, Instant expires) {
        Log log = now.log();
        long seq = log.seq() + 1;
        Envelope envelope = new Envelope(now.id(), seq, id, Party.VISITOR, Kind.MESSAGE, new byte[] {(byte) seq, 7});
        return new Step<>(Outcome.done(seq), Optional.of(now.withLog(new Log(log.groupTag(), log.epoch(), seq, 1, log.visitorAck(), log.expertAck(), log.guestAck()))),
            Optional.of(new Step.Stored<>(envelope, expires, Outcome::done)));
    }

    private Outcome<Long> append(EnvelopeId id, Duration life) throws Exception {
        return done(port.change(row.id(), now -> append(now, id, clock.now().plus(life)))).outcome();
    }

    private List<Long> seqs(long after, int limit) throws Exception {
        return done(port.envelopes(row.id(), after, limit)).stream().map(Envelope::seq).toList();
    }

    @Test
    @DisplayName("what a rule answers is stored whole, and told with the row before and after it; the version grows")
    final void change() throws Exception {
        Claim claim = claim();
        Changed<String> changed = done(port.change(row.id(), now -> Step.to(now.withClaim(claim, clock.now()), "done")));
        assertEquals(Outcome.done("done"), changed.outcome());
        Conversation found = done(port.find(row.id())).orElseThrow();
        assertEquals(State.WAITING, changed.change().orElseThrow().before().orElseThrow().state());
        assertEquals(found.version(), changed.change().orElseThrow().after().version());
        assertEquals(row.version() + 1, found.version());
        assertEquals(State.CLAIMED, found.state());
        assertEquals(List.of(claim.id(), claim.staff(), 3L, 1), List.of(found.claim().orElseThrow().id(), found.claim().orElseThrow().staff(), found.claim().orElseThrow().fence(), found.claim().orElseThrow().slot()));
        assertEquals(Base64Url.encode(row.facts().consentKey()), Base64Url.encode(found.facts().consentKey()));
    }

    @Test
    @DisplayName("a refusal and a rule that stays store nothing; an unknown id is unknown")
    final void nothing() throws Exception {
        assertEquals(Outcome.refused(Problem.NOT_NOW), done(port.change(row.id(), now -> Step.refuse(Problem.NOT_NOW))).outcome());
        assertTrue(done(port.change(row.id(), now -> Step.stay("same"))).change().isEmpty());
        assertEquals(row.version(), done(port.find(row.id())).orElseThrow().version());
        assertEquals(Outcome.refused(Problem.UNKNOWN), done(port.change(new ConversationId(id()), now -> Step.stay("never"))).outcome());
        assertTrue(done(port.find(new ConversationId(id()))).isEmpty());
    }

    // seen failing: with the version left out of the condition and the row read before the write
    @Test
    @DisplayName("sixty appends at once get the numbers 1 … 60, each once, and all lie there in order")
    final void atOnce() throws Exception {
        List<Outcome<Long>> answers = atOnce(60, i -> port.change(row.id(), now -> append(now, new EnvelopeId(id()), clock.now().plus(LIFE))).map(Changed::outcome));
        Set<Long> numbers = answers.stream().map(answer -> ((Outcome.Done<Long>) answer).value()).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(LongStream.rangeClosed(1, 60).boxed().collect(Collectors.toSet()), numbers);
        assertEquals(LongStream.rangeClosed(1, 60).boxed().toList(), seqs(0, 100));
        assertEquals(List.of(11L, 12L, 13L), seqs(10, 3));
        assertEquals(60, done(port.find(row.id())).orElseThrow().log().seq());
    }

    @Test
    @DisplayName("the same envelope again stores nothing and answers the number it has")
    final void repeated() throws Exception {
        EnvelopeId id = new EnvelopeId(id());
        append(id, LIFE);
        append(new EnvelopeId(id()), LIFE);
        assertEquals(Outcome.done(1L), append(id, LIFE));
        assertEquals(List.of(1L, 2L), seqs(0, 10));
    }

    // seen failing: with the newest appended to a page that was cut by its limit
    @Test
    @DisplayName("a page has no hole, also when something in it has expired and was not swept yet")
    final void noHole() throws Exception {
        append(new EnvelopeId(id()), Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            append(new EnvelopeId(id()), LIFE.minusDays(1));
        }
        clock.move(Duration.ofHours(2));
        assertEquals(List.of(2L), seqs(0, 2));
        assertEquals(List.of(3L, 4L), seqs(2, 2));
        assertEquals(List.of(2L, 3L, 4L), seqs(0, 10));
    }

    @Test
    @DisplayName("an envelope comes back as it went in")
    final void body() throws Exception {
        EnvelopeId id = new EnvelopeId(id());
        append(id, LIFE);
        Envelope found = done(port.envelopes(row.id(), 0, 1)).getFirst();
        assertEquals(List.of(row.id(), 1L, id, Party.VISITOR, Kind.MESSAGE, "AQc"), List.of(found.conversation(), found.seq(), found.id(), found.from(), found.kind(), Base64Url.encode(found.body())));
    }

    @Test
    @DisplayName("envelopes that nobody needs are gone with the change that says so")
    final void unneeded() throws Exception {
        done(port.change(row.id(), now -> Step.to(now.withClaim(claim(), clock.now()), null)));
        for (int i = 0; i < 5; i++) {
            append(new EnvelopeId(id()), LIFE);
        }
        done(port.change(row.id(), now -> Step.to(now.withLog(new Log("", 0, 5, 1, 4, 2, 0)), null)));
        assertEquals(List.of(3L, 4L, 5L), seqs(0, 10));
    }

    @Test
    @DisplayName("of staff are those she has and those that ended; open are those that have not ended; each visitor finds her own")
    final void searches() throws Exception {
        Conversation other = fresh();
        done(port.change(row.id(), now -> Step.to(now.withClaim(claim(), clock.now()), null)));
        assertEquals(List.of(row.id()), ids(done(port.ofStaff(staff))));
        assertEquals(Set.of(row.id(), other.id()), Set.copyOf(ids(done(port.open()))));
        done(port.change(row.id(), now -> Step.to(now.ended(Why.LEFT, clock.now(), clock.now().plus(Duration.ofHours(24))), null)));
        assertEquals(List.of(row.id()), ids(done(port.ofStaff(staff))));
        assertEquals(List.of(other.id()), ids(done(port.open())));
        assertEquals(List.of(), done(port.ofStaff(new StaffId(id()))));
        assertEquals(row.id(), done(port.ofVisitor(row.visitor())).orElseThrow().id());
        assertEquals(other.id(), done(port.ofVisitor(other.visitor())).orElseThrow().id());
    }

    private static List<ConversationId> ids(List<Conversation> rows) {
        return rows.stream().map(Conversation::id).toList();
    }

    /** Claimed under fence 3; its add, if it has come, has the number 1. */
    private Claim claimed(Conversation which, State state) throws Exception {
        Claim claim = claim();
        long seq = state == State.CLAIMED ? 0 : 1;
        done(port.change(which.id(), now -> Step.to(now.withClaim(claim, clock.now()).with(state, new Log("", 1, seq, seq, 0, 0, 0), now.facts()), null)));
        return claim;
    }

    private Future<Changed<Void>> takeOver(Conversation which, Claim claim, long fence) {
        return port.change(which.id(), now -> TakeOver.decide(now, claim.id(), fence, clock.now()));
    }

    // seen failing: with TakeOver writing whatever fence it is given
    @Test
    @DisplayName("newer desks take over at once, in whatever order: the newest has it, and nothing else of it is another")
    final void newest() throws Exception {
        Claim claim = claimed(row, State.TALKING);
        Conversation before = done(port.find(row.id())).orElseThrow();
        atOnce(20, i -> takeOver(row, claim, 4 + (i * 7) % 20));
        Conversation after = done(port.find(row.id())).orElseThrow();
        assertEquals(List.of(claim.id(), staff, 23L, 1, Base64Url.encode(claim.keyPackage())),
            List.of(after.claim().orElseThrow().id(), after.claim().orElseThrow().staff(), after.claim().orElseThrow().fence(), after.claim().orElseThrow().slot(), Base64Url.encode(after.claim().orElseThrow().keyPackage())));
        assertEquals(List.of(before.state(), before.log(), before.arrival(), before.facts().changed(), before.facts().expiresAt()), List.of(after.state(), after.log(), after.arrival(), after.facts().changed(), after.facts().expiresAt()));
        assertEquals(List.of(row.id()), ids(done(port.ofStaff(staff))));
    }

    // seen failing: with TakeOver leaving whoever joins where she is
    @Test
    @DisplayName("a newer desk takes over while the older one joins, and gives back, closes, or its time is over: it is never left at the older")
    final void whileTheOlderActs() throws Exception {
        Member older = new Member.OfDesk(staff, 3);
        for (int round = 0; round < 20; round++) {
            Conversation one = fresh();
            Claim claim = claimed(one, State.JOINING);
            int act = round % 5;
            atOnce(3, i -> switch (i) {
                case 0 -> port.change(one.id(), now -> AckEnvelopes.decide(now, older, 1));
                case 1 -> takeOver(one, claim, 4);
                default -> acts(one, claim, older, act);
            });
            Conversation after = done(port.find(one.id())).orElseThrow();
            boolean left = after.open() && after.claim().filter(had -> had.fence() == 3).isPresent();
            assertFalse(left || after.state() == State.JOINING, () -> "act " + act + ": " + after);
            done(port.change(one.id(), now -> Step.to(now.ended(Why.EXPIRED, clock.now(), clock.now().plus(LIFE)), null)));
        }
    }

    private Future<Changed<Void>> acts(Conversation one, Claim claim, Member older, int act) {
        Policy policy = new Policy(LIFE, LIFE, Duration.ofHours(24), 16_384, 10);
        return port.change(one.id(), now -> switch (act) {
            case 0 -> ReleaseConversation.decide(now, older, false, policy, clock.now());
            case 1 -> EndConversation.decide(now, older, policy, clock.now());
            case 2 -> MissedJoin.decide(now, claim.id(), true, policy, clock.now());
            case 3 -> ReleaseConversation.vanished(now, claim, clock.now());
            default -> Step.stay(null);
        });
    }

    @Test
    @DisplayName("nothing expired is returned or changed")
    final void expired() throws Exception {
        done(port.change(row.id(), now -> Step.to(now.withClaim(claim(), clock.now()), null)));
        append(new EnvelopeId(id()), Duration.ofDays(7));
        append(new EnvelopeId(id()), LIFE);
        clock.move(Duration.ofDays(7));
        assertEquals(List.of(2L), seqs(0, 10));
        clock.move(LIFE.minus(Duration.ofDays(7)));
        assertTrue(done(port.find(row.id())).isEmpty() && done(port.ofVisitor(row.visitor())).isEmpty());
        assertEquals(List.of(), done(port.ofStaff(staff)));
        assertEquals(List.of(), done(port.open()));
        assertEquals(Outcome.refused(Problem.UNKNOWN), append(new EnvelopeId(id()), LIFE));
    }

    @Test
    @DisplayName("the end of a conversation shortens the life of what it still has")
    final void shortened() throws Exception {
        append(new EnvelopeId(id()), LIFE);
        done(port.change(row.id(), now -> Step.to(now.ended(Why.EXPIRED, clock.now(), clock.now().plus(Duration.ofHours(24))), null)));
        assertEquals(List.of(1L), seqs(0, 10));
        clock.move(Duration.ofHours(24));
        assertEquals(List.of(), seqs(0, 10));
    }
}
