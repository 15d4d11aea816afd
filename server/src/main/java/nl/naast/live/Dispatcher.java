package nl.naast.live;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.access.StaffId;
import nl.naast.access.StaffSession;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Member;
import nl.naast.conversation.Party;
import nl.naast.desk.DeskModule;
import nl.naast.desk.Lease;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.queue.QueueModule;
import nl.naast.wire.Act;
import nl.naast.wire.DeskFrame;
import nl.naast.wire.ServerFrame;
import nl.naast.wire.VisitorFrame;

/** From a frame to the frame that answers it: one use case for each, the same for a socket and for the fallback. */
final class Dispatcher {
    private final ConversationModule conversations;
    private final QueueModule queue;
    private final DeskModule desks;
    private final Views views;
    private final LiveAnnouncer announcer;
    private final LivePolicy policy;
    private final LiveWatch watch;

    Dispatcher(ConversationModule conversations, QueueModule queue, DeskModule desks, Views views, LiveAnnouncer announcer, LivePolicy policy, LiveWatch watch) {
        this.conversations = conversations;
        this.queue = queue;
        this.desks = desks;
        this.views = views;
        this.announcer = announcer;
        this.policy = policy;
        this.watch = watch;
    }

    /** Never fails: what could not be done for a passing reason is refused as busy. */
    Future<ServerFrame> visitor(TokenHash who, VisitorFrame frame) {
        Future<ServerFrame> answer = switch (frame) {
            // A greeting opens a socket, and nothing else: what does that looks at it before it comes here.
            case VisitorFrame.Hello hello -> refused(0, Problem.MALFORMED);
            case VisitorFrame.Join join -> queue.join(who, join.conversation(), join.language(), join.consentKey()).compose(outcome -> switch (outcome) {
                case Outcome.Done<Conversation>(Conversation row) -> views.visitor(row).map(view -> new ServerFrame.Joined(join.n(), view));
                case Outcome.Refused<Conversation>(Problem problem) -> refused(join.n(), problem);
            });
            case VisitorFrame.Leave leave -> leave(new Member.OfVisitor(who), leave);
            case VisitorFrame.Does does -> act(does.n(), new Member.OfVisitor(who), does.act());
            case VisitorFrame.Decline decline -> answer(decline.n(), conversations.decline(new Member.OfVisitor(who), decline.conversation(), decline.call()), done -> new ServerFrame.Declined(decline.n()));
            case VisitorFrame.Another another -> answer(another.n(), conversations.another(new Member.OfVisitor(who), another.conversation()), done -> new ServerFrame.Noted(another.n()));
            case VisitorFrame.Ping ping -> Future.succeededFuture(new ServerFrame.Pong(ping.n()));
        };
        return answer.recover(failed -> busy(frame.n(), failed));
    }

    /** Her last signal goes out while the conversation still is one; whatever becomes of it, it ends. */
    private Future<ServerFrame> leave(Member her, VisitorFrame.Leave leave) {
        Future<Outcome<Void>> said = leave.signal().map(body -> signal(her, leave.conversation(), body)).orElse(Future.succeededFuture());
        return said.transform(whatever -> answer(leave.n(), conversations.end(her, leave.conversation()), done -> new ServerFrame.Left(leave.n())));
    }

    /** Never fails. What her role may not say is told before anything else; then a fence that is not the current one. */
    Future<ServerFrame> desk(StaffSession session, DeskFrame frame) {
        if (!Desks.may(session, frame)) {
            return refused(frame.n(), Problem.NOT_ALLOWED);
        }
        StaffId staff = session.who().id();
        Future<ServerFrame> answer = switch (frame) {
            case DeskFrame.Take take -> take(session, take);
            case DeskFrame.Available available -> answer(available.n(), desks.available(staff, available.fence(), available.yes()), done -> new ServerFrame.Noted(available.n()));
            case DeskFrame.Away away -> answer(away.n(), desks.away(staff, away.fence(), away.yes()), done -> new ServerFrame.Noted(away.n()));
            case DeskFrame.Claim claim -> answer(claim.n(), queue.claim(new Claim(claim.claim(), staff, claim.fence(), claim.slot(), claim.keyPackage()), session.languages()), row -> claimed(claim.n(), row));
            case DeskFrame.Answer call -> answer(call.n(), queue.answer(new Claim(call.call(), staff, call.fence(), call.slot(), call.keyPackage()), session.who().roles(), session.languages()), row -> answered(call.n(), row));
            case DeskFrame.Does does -> act(does.n(), new Member.OfDesk(staff, does.fence()), does.act()).compose(frameOut -> orLeaseLost(staff, does.fence(), frameOut));
            case DeskFrame.Close close -> answer(close.n(), conversations.end(new Member.OfDesk(staff, close.fence()), close.conversation()), done -> new ServerFrame.Closed(close.n()))
                .compose(frameOut -> orLeaseLost(staff, close.fence(), frameOut));
            case DeskFrame.Release release -> answer(release.n(), desks.release(staff, release.fence(), release.conversation(), release.again()), done -> new ServerFrame.Released(release.n()))
                .compose(frameOut -> orLeaseLost(staff, release.fence(), frameOut));
            case DeskFrame.Call call -> answer(call.n(), conversations.call(new Member.OfDesk(staff, call.fence()), call.conversation(), call.call(), call.purpose(), call.warm()), done -> new ServerFrame.Called(call.n()))
                .compose(frameOut -> orLeaseLost(staff, call.fence(), frameOut));
            case DeskFrame.Uncall call -> answer(call.n(), desks.uncall(staff, call.fence(), call.conversation(), call.call()), done -> new ServerFrame.Uncalled(call.n()))
                .compose(frameOut -> orLeaseLost(staff, call.fence(), frameOut));
            case DeskFrame.HandOver over -> answer(over.n(), desks.handOver(staff, over.fence(), over.conversation(), over.call()), done -> new ServerFrame.HandedOver(over.n()))
                .compose(frameOut -> orLeaseLost(staff, over.fence(), frameOut));
            case DeskFrame.Ping ping -> Future.succeededFuture(new ServerFrame.Pong(ping.n()));
        };
        return answer.recover(failed -> busy(frame.n(), failed));
    }

    private Future<ServerFrame> take(StaffSession session, DeskFrame.Take take) {
        if (take.version() != ServerFrame.VERSION) {
            return refused(0, Problem.UNSUPPORTED_VERSION);
        }
        return desks.take(session.who().id(), take.desk(), session.token()).compose(outcome -> switch (outcome) {
            case Outcome.Done<Lease>(Lease lease) -> views.desk(session).map(view -> new ServerFrame.Leased(take.n(), lease.fence(), policy.beatSeconds(), policy.slots(), view));
            case Outcome.Refused<Lease>(Problem problem) -> refused(take.n(), problem);
        });
    }

    private static ServerFrame claimed(int n, Optional<Conversation> row) {
        return row.<ServerFrame>map(c -> new ServerFrame.Claimed(n, c.id(), c.facts().language())).orElseGet(() -> new ServerFrame.Nobody(n));
    }

    private static ServerFrame answered(int n, Optional<Conversation> row) {
        return row.<ServerFrame>map(c -> new ServerFrame.Answered(n, c.id(), c.facts().language())).orElseGet(() -> new ServerFrame.Nobody(n));
    }

    private Future<ServerFrame> act(int n, Member by, Act act) {
        return switch (act) {
            case Act.Append append -> answer(n, append(by, append), seq -> new ServerFrame.Stored(n, append.id(), seq));
            case Act.Fetch fetch -> answer(n, conversations.fetch(by, fetch.conversation(), fetch.after(), fetch.limit()), page -> new ServerFrame.Envelopes(n, fetch.conversation(), page.items(), page.more()));
            case Act.Ack ack -> answer(n, conversations.ack(by, ack.conversation(), ack.seq()), done -> new ServerFrame.Acked(n));
            case Act.Signal signal -> answer(n, signal(by, signal.conversation(), signal.body()), done -> new ServerFrame.Signalled(n));
        };
    }

    private Future<Outcome<Long>> append(Member by, Act.Append append) {
        long began = System.nanoTime();
        return conversations.append(by, append.conversation(), append.id(), append.kind(), append.body()).onSuccess(outcome -> {
            if (outcome instanceof Outcome.Done) {
                watch.appended(System.nanoTime() - began);
            }
        });
    }

    /** Relayed at once to those who are connected, dropped in silence where there is nobody. */
    private Future<Outcome<Void>> signal(Member by, ConversationId id, byte[] body) {
        return conversations.find(id).map(found -> {
            Optional<Party> party = found.flatMap(by::in);
            if (party.isEmpty()) {
                return Outcome.refused(Problem.UNKNOWN);
            }
            if (found.get().joined() && (party.get() != Party.GUEST || found.get().guestJoined())) {
                announcer.signal(found.get(), party.get(), body);
            }
            return Outcome.done(null);
        });
    }

    /** What an older desk asks of conversations that were taken from it would be unknown; it must hear that its lease is. */
    private Future<ServerFrame> orLeaseLost(StaffId staff, long fence, ServerFrame answer) {
        if (answer instanceof ServerFrame.Refused(int n, Problem problem) && problem == Problem.UNKNOWN) {
            return desks.holds(staff, fence).map(holds -> holds ? answer : new ServerFrame.Refused(n, Problem.LEASE_LOST));
        }
        return Future.succeededFuture(answer);
    }

    private static <T> Future<ServerFrame> answer(int n, Future<Outcome<T>> outcome, Function<T, ServerFrame> done) {
        return outcome.map(o -> switch (o) {
            case Outcome.Done<T>(T value) -> done.apply(value);
            case Outcome.Refused<T>(Problem problem) -> new ServerFrame.Refused(n, problem);
        });
    }

    private static Future<ServerFrame> refused(int n, Problem problem) {
        return Future.succeededFuture(new ServerFrame.Refused(n, problem));
    }

    private static Future<ServerFrame> busy(int n, Throwable failed) {
        Log.say(LogCode.FRAME_FAILED, failed);
        return refused(n, Problem.BUSY);
    }
}
