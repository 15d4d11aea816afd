package nl.naast.live;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Guest;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.desk.DeskModule;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.queue.Proofs;

/**
 * Whom visitors are not to believe any more: what she has is given back, whichever process heard of it first, and whatever became of that one. Each process looks once a second, for all; it tells its connections when there is
 * a newer roster or revocation.
 */
final class Believed {
    private static final long NEVER = -1;

    private final Proofs proofs;
    private final DeskModule desks;
    private final ConversationModule conversations;
    private final Hub hub;
    private volatile long seen = NEVER;
    private volatile boolean busy;

    Believed(Proofs proofs, DeskModule desks, ConversationModule conversations, Hub hub) {
        this.proofs = proofs;
        this.desks = desks;
        this.conversations = conversations;
        this.hub = hub;
    }

    /** @param open all conversations that have not ended; does nothing while it still looks */
    void look(List<Conversation> open) {
        if (busy) {
            return;
        }
        busy = true;
        proofs.papers().compose(papers -> look(open, papers)).onComplete(done -> busy = false).onFailure(failed -> Log.say(LogCode.PRESENCE_FAILED, failed));
    }

    private Future<Void> look(List<Conversation> open, Proofs.Papers papers) {
        if (seen != papers.change()) {
            boolean first = seen == NEVER;
            seen = papers.change();
            (first ? List.<Link>of() : hub.visitors()).forEach(Link::refresh);
        }
        Set<StaffId> strangers = open.stream().flatMap(row -> experts(row)).map(Claim::staff).filter(papers.believed().negate()).collect(Collectors.toSet());
        List<Future<?>> done = new ArrayList<>(strangers.stream().map(who -> desks.disown(who, papers.revoked().test(who) ? Again.REVOKED : Again.RELEASED)).toList());
        open.forEach(row -> whoLooksAlong(row).filter(seat -> !papers.coordinators().test(seat.staff())).ifPresent(seat -> done.add(conversations.release(row.id(), seat.id(), Again.REVOKED))));
        return Future.join(done).mapEmpty();
    }

    /** Who is in it as an expert. */
    private static Stream<Claim> experts(Conversation row) {
        return row.seats().stream().filter(seat -> whoLooksAlong(row).filter(seat::equals).isEmpty());
    }

    /** Who looks along, as a coordinator: what she has as an expert rests on another statement, and stays. */
    private static Optional<Claim> whoLooksAlong(Conversation row) {
        return row.guest().filter(guest -> guest.purpose() == Purpose.LOOK).flatMap(Guest::seat);
    }
}
