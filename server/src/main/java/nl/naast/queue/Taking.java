package nl.naast.queue;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.desk.DeskModule;
import nl.naast.framing.Framing;
import nl.naast.platform.Problem;

/** Whether a desk may take a place in somebody's conversation, as the lead or as a guest: what is looked at before the write, and what is looked at again after it. */
final class Taking {
    private final DeskModule desks;
    private final ConversationModule conversations;
    private final Proofs proofs;
    private final Readiness readiness;
    private final QueuePolicy policy;

    Taking(DeskModule desks, ConversationModule conversations, Proofs proofs, Readiness readiness, QueuePolicy policy) {
        this.desks = desks;
        this.conversations = conversations;
        this.proofs = proofs;
        this.readiness = readiness;
        this.policy = policy;
    }

    /** What speaks against it, whoever it would be: the key package, the place, the lease. */
    Future<Optional<Problem>> refusal(Claim seat) {
        if (seat.keyPackage().length > policy.keyPackageBytes()) {
            return Future.succeededFuture(Optional.of(Problem.TOO_LARGE));
        }
        if (!Framing.isKeyPackage(seat.keyPackage())) {
            return Future.succeededFuture(Optional.of(Problem.MALFORMED));
        }
        if (seat.slot() > policy.slots()) {
            return Future.succeededFuture(Optional.of(Problem.LIMIT));
        }
        return desks.refusal(seat.staff(), seat.fence());
    }

    /** Whether she can show who she is, and is ready. */
    Future<Boolean> proven(StaffId staff, Purpose as) {
        return proofs.proofOf(staff, as).compose(proof -> proof.isEmpty() ? Future.succeededFuture(false) : readiness.ready(staff));
    }

    /** Whether this place of her desk is another conversation's: a lead's place and a guest's are settled by two indexes, so each looks again once it has written. */
    Future<Boolean> taken(Claim seat) {
        return conversations.ofStaff(seat.staff()).map(all -> others(all, seat));
    }

    private static boolean others(List<Conversation> all, Claim seat) {
        return all.stream().filter(Conversation::open).flatMap(row -> row.seatOf(seat.staff()).stream()).anyMatch(other -> other.slot() == seat.slot() && !other.id().equals(seat.id()));
    }

    /** Why she must give back what she has just taken. */
    Future<Optional<Problem>> lost(Claim seat) {
        return desks.refusal(seat.staff(), seat.fence()).compose(refused -> refused.isPresent() ? Future.succeededFuture(refused) : taken(seat).map(twice -> twice ? Optional.of(Problem.LIMIT) : Optional.empty()));
    }
}
