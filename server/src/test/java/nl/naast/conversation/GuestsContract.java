package nl.naast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Conversations.Changed;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.conversation.Guest.Stage;
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

/** What every store owes a third person: found again whole, and whatever two want of her at once, one of them is first. */
abstract class GuestsContract extends Contract {
    private static final Duration LIFE = Duration.ofDays(30);
    private static final int ROUNDS = 20;
    private static final Policy POLICY = new Policy(LIFE, LIFE, Duration.ofHours(24), 16_384, 10);

    private Conversations port;

    abstract Conversations open(Wrap wrap, Clock clock) throws Exception;

    /** Puts a row there, as the queue does. */
    abstract void plant(Conversation fresh) throws Exception;

    @BeforeEach
    final void store() throws Exception {
        port = open(wrap, clock);
    }

    /** Somebody talks with the lead; her add was the first envelope. The place is another each time. */
    private Conversation talking() throws Exception {
        ConversationId id = new ConversationId(id());
        Instant now = clock.now();
        plant(Conversation.fresh(id, new TokenHash(Base64Url.encode(MlsBytes.random(32))), "nl", MlsBytes.random(65), now, now.plus(LIFE)));
        Claim claim = new Claim(new ClaimId(id()), new StaffId(id()), 3, 1, MlsBytes.random(40));
        done(port.change(id, row -> Step.to(row.withClaim(claim, clock.now()).with(State.TALKING, new Log("", 1, 1, 1, 1, 1, 0), row.facts()), null)));
        return done(port.find(id)).orElseThrow();
    }

    private static Member.OfDesk desk(Claim seat) {
        return new Member.OfDesk(seat.staff(), seat.fence());
    }

    private static Member.OfVisitor visitor(Conversation row) {
        return new Member.OfVisitor(row.visitor());
    }

    private Conversation now(Conversation row) throws Exception {
        return done(port.find(row.id())).orElseThrow();
    }

    private Outcome<Void> call(Conversation row, ClaimId call, Purpose purpose, boolean warm) throws Exception {
        return done(port.change(row.id(), now -> CallGuest.call(now, desk(row.claim().orElseThrow()), call, purpose, warm))).outcome();
    }

    private static Claim seat(ClaimId call) {
        return new Claim(call, new StaffId(id()), 8, 2, MlsBytes.random(900));
    }

    private Future<Changed<Optional<Conversation>>> answer(Conversation row, Claim seat) {
        return port.change(row.id(), now -> CallGuest.answer(now, seat));
    }

    /** Added by the second envelope, which she has read. */
    private Claim in(Conversation row, Purpose purpose) throws Exception {
        ClaimId call = new ClaimId(id());
        call(row, call, purpose, true);
        Claim seat = seat(call);
        done(answer(row, seat));
        done(port.change(row.id(), now -> Step.to(now.withLog(new Log("", 2, 2, 1, 1, 1, 1)).withGuest(now.guest().orElseThrow().added(2)), null)));
        done(port.change(row.id(), now -> AckEnvelopes.decide(now, desk(seat), 2)));
        assertEquals(Optional.of(Stage.IN), now(row).stage());
        return seat;
    }

    // seen failing: with the guest left out of FactsCodec, and with guest_ack left out of the row
    @Test
    @DisplayName("a guest is found again whole, by her call, by who she is, and among the calls while nobody has answered")
    final void whole() throws Exception {
        Conversation row = talking();
        ClaimId call = new ClaimId(id());
        assertEquals(Outcome.done(null), call(row, call, Purpose.LOOK, true));
        assertEquals(List.of(row.id()), done(port.calls()).stream().map(Conversation::id).toList());
        Claim seat = seat(call);
        assertTrue(((Outcome.Done<Optional<Conversation>>) done(answer(row, seat)).outcome()).value().isPresent());
        assertEquals(List.of(), done(port.calls()));
        done(port.change(row.id(), now -> Step.to(now.withLog(new Log("", 2, 2, 1, 1, 1, 1)).withGuest(now.guest().orElseThrow().added(2)), null)));
        Conversation found = done(port.ofCall(call)).orElseThrow();
        Guest guest = found.guest().orElseThrow();
        assertEquals(List.of(call, Purpose.LOOK, true, 2L, 1L), List.of(guest.call(), guest.purpose(), guest.warm(), guest.fromSeq(), found.log().guestAck()));
        Claim has = guest.seat().orElseThrow();
        assertEquals(List.of(seat.id(), seat.staff(), 8L, 2, Base64Url.encode(seat.keyPackage())), List.of(has.id(), has.staff(), has.fence(), has.slot(), Base64Url.encode(has.keyPackage())));
        assertEquals(List.of(row.id()), done(port.ofStaff(seat.staff())).stream().map(Conversation::id).toList());
        done(port.change(row.id(), now -> CallGuest.uncall(now, desk(seat), call)));
        assertEquals(List.of(), done(port.ofStaff(seat.staff())));
        assertTrue(done(port.ofCall(call)).isEmpty() && now(row).guest().isEmpty());
        assertEquals(0, now(row).log().guestAck());
    }

    // seen failing: with CallGuest.answer not looking whether somebody has
    @Test
    @DisplayName("fifty desks answer one call at once: one is the guest, the others hear nobody, and hear it again")
    final void fifty() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Conversation row = talking();
            ClaimId call = new ClaimId(id());
            call(row, call, Purpose.TRANSFER, true);
            List<Claim> seats = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                seats.add(seat(call));
            }
            for (int again = 0; again < 2; again++) {
                List<Boolean> got = atOnce(50, i -> answer(row, seats.get(i)).map(changed -> ((Outcome.Done<Optional<Conversation>>) changed.outcome()).value().isPresent()));
                assertEquals(1, got.stream().filter(has -> has).count());
                assertEquals(now(row).guest().flatMap(Guest::seat).orElseThrow().staff(), seats.get(got.indexOf(true)).staff());
            }
        }
    }

    // seen failing: with decline not looking whether she has become the lead, and with handOver not looking whether a guest is in
    @Test
    @DisplayName("the visitor declines while the lead hands over: either she is gone and the lead goes on, or she leads and the no is not for now")
    final void declineAgainstHandOver() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Conversation row = talking();
            Claim seat = in(row, Purpose.TRANSFER);
            boolean first = round % 2 == 0;
            List<Outcome<Void>> answers = atOnce(2, i -> port.change(row.id(), (i == 0) == first ? now -> CallGuest.decline(now, visitor(row), seat.id()) : now -> CallGuest.handOver(now, desk(row.claim().orElseThrow()), seat.id()))
                .map(Changed::outcome));
            Outcome<Void> declined = answers.get(first ? 0 : 1);
            Outcome<Void> handedOver = answers.get(first ? 1 : 0);
            Conversation after = now(row);
            boolean leads = after.claim().orElseThrow().id().equals(seat.id());
            assertTrue(after.guest().isEmpty() && after.state() == State.TALKING);
            assertEquals(leads ? Outcome.refused(Problem.NOT_NOW) : Outcome.done(null), declined);
            assertEquals(leads ? Outcome.done(null) : Outcome.refused(Problem.NOT_NOW), handedOver);
            assertEquals(leads ? seat.staff() : row.claim().orElseThrow().staff(), after.claim().orElseThrow().staff());
        }
    }

    // seen failing: with a release that passes nobody over
    @Test
    @DisplayName("she asks for another person while the expert gives her over: she waits once, at the head, and that expert is passed over")
    final void anotherAgainstRelease() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Conversation row = talking();
            Claim had = row.claim().orElseThrow();
            boolean first = round % 2 == 0;
            atOnce(2, i -> port.change(row.id(), (i == 0) == first ? now -> CallGuest.another(now, visitor(row), clock.now()) : now -> ReleaseConversation.decide(now, desk(had), false, POLICY, clock.now())));
            Conversation after = now(row);
            assertEquals(List.of(State.WAITING, row.arrival(), List.of(had.staff())), List.of(after.state(), after.arrival(), after.facts().passed()));
            assertTrue(after.facts().again().filter(again -> again == Again.ANOTHER || again == Again.RELEASED).isPresent());
            assertEquals(Outcome.done(null), done(port.change(row.id(), now -> CallGuest.another(now, visitor(row), clock.now()))).outcome());
        }
    }

    @Test
    @DisplayName("a newer desk of the guest takes over while she is sent away, or becomes the lead: she is never left at the older")
    final void newerDesk() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Conversation row = talking();
            Claim seat = in(row, Purpose.TRANSFER);
            boolean away = round % 2 == 0;
            atOnce(2, i -> port.change(row.id(), now -> i == 0 ? TakeOver.decide(now, seat.id(), 9, clock.now())
                : away ? CallGuest.decline(now, visitor(row), seat.id()) : CallGuest.handOver(now, desk(row.claim().orElseThrow()), seat.id())));
            Conversation after = now(row);
            Optional<Claim> has = after.seatOf(seat.staff());
            assertEquals(away ? Optional.empty() : Optional.of(9L), has.map(Claim::fence));
        }
    }

    // seen failing: with the lead's own envelopes remembered as the lead's alone
    @Test
    @DisplayName("one who becomes the lead repeats what she stored as a guest, and it is not stored twice")
    final void repeats() throws Exception {
        Conversation row = talking();
        Claim seat = in(row, Purpose.TRANSFER);
        EnvelopeId id = new EnvelopeId(id());
        byte[] body = MlsBytes.random(40);
        AppendEnvelope.Request request = new AppendEnvelope.Request(desk(seat), id, Kind.MESSAGE, body, "", 2);
        assertEquals(Outcome.done(3L), done(port.change(row.id(), now -> AppendEnvelope.decide(now, request, POLICY, clock.now()))).outcome());
        done(port.change(row.id(), now -> CallGuest.handOver(now, desk(row.claim().orElseThrow()), seat.id())));
        assertEquals(Outcome.done(3L), done(port.change(row.id(), now -> AppendEnvelope.decide(now, request, POLICY, clock.now()))).outcome());
        done(port.change(row.id(), now -> AckEnvelopes.decide(now, desk(seat), 3)));
        done(port.change(row.id(), now -> AckEnvelopes.decide(now, visitor(row), 3)));
        assertEquals(List.of(), done(port.envelopes(row.id(), 0, 10)));
        assertEquals(Outcome.done(3L), done(port.change(row.id(), now -> AppendEnvelope.decide(now, request, POLICY, clock.now()))).outcome());
    }
}
