package nl.naast.conversation;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.naast.conversation.Conversation.Facts;
import nl.naast.conversation.Conversation.Log;
import nl.naast.conversation.Conversation.Recent;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Guest.Stage;
import nl.naast.framing.Framing;
import nl.naast.framing.Framing.Framed;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Wrap;

/**
 * Stores one envelope: the framing is checked first, on the bytes alone, so that its refusal says nothing about the conversation; everything else is decided on the row, in one write. Application
 * messages go in the current epoch only; of the commits of one epoch the first wins.
 */
final class AppendEnvelope {
    /** How many envelopes of each side are remembered after their destruction: a client has one in flight. */
    static final int REMEMBERED = 4;

    /** @param groupTag tag of the group id that the body names */
    record Request(Member by, EnvelopeId id, Kind kind, byte[] body, String groupTag, long epoch) {
    }

    private final Relay relay;
    private final Wrap wrap;
    private final Clock clock;
    private final Policy policy;

    AppendEnvelope(Relay relay, Wrap wrap, Clock clock, Policy policy) {
        this.relay = relay;
        this.wrap = wrap;
        this.clock = clock;
        this.policy = policy;
    }

    /** @return the sequence number; the same again for the same envelope id */
    Future<Outcome<Long>> append(Member by, ConversationId conversation, EnvelopeId id, Kind kind, byte[] body) {
        if (body.length > policy.envelopeBytes()) {
            return Future.succeededFuture(Outcome.refused(Problem.TOO_LARGE));
        }
        Optional<Framed> framed = switch (kind) {
            case MESSAGE -> Framing.message(body);
            case COMMIT -> Framing.commit(body);
            case ADD -> by instanceof Member.OfVisitor ? Framing.add(body) : Optional.empty();
        };
        return framed.map(f -> new Request(by, id, kind, body, Base64Url.encode(wrap.tag("group", f.groupId())), f.epoch()))
            .map(request -> relay.change(conversation, row -> decide(row, request, policy, clock.now())))
            .orElse(Future.succeededFuture(Outcome.refused(Problem.MALFORMED)));
    }

    static Step<Long> decide(Conversation row, Request request, Policy policy, Instant now) {
        Optional<Party> party = request.by().in(row);
        if (party.isEmpty()) {
            return Step.refuse(Problem.UNKNOWN);
        }
        Optional<Recent> repeated = row.facts().recent().stream().filter(r -> sameSide(r.from(), party.get()) && r.id().equals(request.id())).findFirst();
        if (repeated.isPresent()) {
            return Step.stay(repeated.get().seq());
        }
        return refusal(row, party.get(), request, policy).<Step<Long>>map(Step::refuse).orElseGet(() -> store(row, party.get(), request, policy, now));
    }

    private static Optional<Problem> refusal(Conversation row, Party party, Request request, Policy policy) {
        if (!row.open()) {
            return Optional.of(Problem.CLOSED);
        }
        if (!allowedNow(row, party, request.kind())) {
            return Optional.of(Problem.NOT_NOW);
        }
        if (!current(row, request)) {
            return Optional.of(Problem.STALE_EPOCH);
        }
        return row.log().seq() - row.unneeded() >= policy.unacknowledged() ? Optional.of(Problem.LIMIT) : Optional.empty();
    }

    /** A guest who has become the lead repeats what she stored as a guest. */
    private static boolean sameSide(Party one, Party other) {
        return (one == Party.VISITOR) == (other == Party.VISITOR);
    }

    private static boolean allowedNow(Conversation row, Party party, Kind kind) {
        return switch (row.state()) {
            case WAITING, ENDED -> false;
            case CLAIMED -> party == Party.VISITOR && kind != Kind.MESSAGE;
            case JOINING -> kind == Kind.MESSAGE || kind == Kind.COMMIT && party == Party.VISITOR;
            case TALKING -> switch (party) {
                case VISITOR -> kind != Kind.ADD || row.stage().filter(Stage.ANSWERED::equals).isPresent();
                case EXPERT -> kind != Kind.ADD;
                case GUEST -> kind == Kind.MESSAGE ? row.guestJoined() : kind == Kind.COMMIT && row.stage().filter(Stage.IN::equals).isPresent();
            };
        };
    }

    /** The conversation's group and epoch; an add may also begin the first group, or a new one at epoch 0: but not one that would leave the lead behind. */
    private static boolean current(Conversation row, Request request) {
        Log log = row.log();
        boolean same = log.groupTag().equals(request.groupTag());
        boolean begins = request.kind() == Kind.ADD && row.state() == State.CLAIMED && !same && (log.groupTag().isEmpty() || request.epoch() == 0);
        return (same && log.epoch() == request.epoch() || begins) && request.epoch() < Framing.MAX_EPOCH;
    }

    private static Step<Long> store(Conversation row, Party party, Request request, Policy policy, Instant now) {
        long seq = row.log().seq() + 1;
        Envelope envelope = new Envelope(row.id(), seq, request.id(), party, request.kind(), request.body());
        // A commit outlives messages: whoever still needs it to follow must find it (crypto.md, A conversation 12).
        Instant expires = request.kind() == Kind.MESSAGE ? now.plus(policy.envelopeLife()).truncatedTo(ChronoUnit.MINUTES) : row.facts().expiresAt();
        Conversation next = moved(row, request, seq).withFacts(remember(row.facts(), new Recent(party, request.id(), seq)));
        Conversation added = request.kind() == Kind.ADD && row.state() == State.TALKING ? next.withGuest(next.guest().orElseThrow().added(seq)) : next;
        return new Step<>(Outcome.done(seq), Optional.of(added), Optional.of(new Step.Stored<>(envelope, expires, Outcome::done)));
    }

    private static Conversation moved(Conversation row, Request request, long seq) {
        Log log = row.log();
        long epoch = request.epoch() + 1;
        return switch (request.kind()) {
            case MESSAGE -> row.withLog(new Log(log.groupTag(), log.epoch(), seq, log.fromSeq(), log.visitorAck(), log.expertAck(), log.guestAck()));
            case COMMIT -> row.withLog(new Log(log.groupTag(), epoch, seq, log.fromSeq(), log.visitorAck(), log.expertAck(), log.guestAck()));
            case ADD -> row.state() == State.TALKING ? row.withLog(new Log(log.groupTag(), epoch, seq, log.fromSeq(), log.visitorAck(), log.expertAck(), seq - 1))
                : row.with(State.JOINING, new Log(request.groupTag(), epoch, seq, seq, log.visitorAck(), seq - 1, 0), row.facts());
        };
    }

    /** The last few of each side, the newest last. */
    static Facts remember(Facts facts, Recent recent) {
        List<Recent> kept = new ArrayList<>(2 * REMEMBERED);
        int surplus = 1 - REMEMBERED;
        for (Recent earlier : facts.recent()) {
            surplus += earlier.from() == recent.from() ? 1 : 0;
        }
        for (Recent earlier : facts.recent()) {
            if (earlier.from() != recent.from() || surplus-- <= 0) {
                kept.add(earlier);
            }
        }
        kept.add(recent);
        return facts.withRecent(kept);
    }
}
