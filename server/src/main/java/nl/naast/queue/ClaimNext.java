package nl.naast.queue;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import nl.naast.conversation.Announcer;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationModule;
import nl.naast.desk.DeskModule;
import nl.naast.framing.Framing;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/**
 * An expert takes the first in line whose language she speaks. Who gets whom is settled by one conditional write; that her lease was not lost meanwhile, and she is not away, is looked at afterwards,
 * and the claim given back if it was.
 */
final class ClaimNext {
    private final WaitingLine line;
    private final DeskModule desks;
    private final ConversationModule conversations;
    private final Proofs proofs;
    private final Readiness readiness;
    private final Announcer announcer;
    private final QueuePolicy policy;

    ClaimNext(WaitingLine line, DeskModule desks, ConversationModule conversations, Proofs proofs, Readiness readiness, Announcer announcer, QueuePolicy policy) {
        this.line = line;
        this.desks = desks;
        this.conversations = conversations;
        this.proofs = proofs;
        this.readiness = readiness;
        this.announcer = announcer;
        this.policy = policy;
    }

    Future<Outcome<Optional<Conversation>>> claim(Claim claim, Set<String> languages) {
        return refusal(claim).compose(problem -> problem.isPresent() ? Future.succeededFuture(Outcome.refused(problem.get())) : line.claimFirst(claim, languages).compose(placed -> settle(claim, placed)));
    }

    private Future<Optional<Problem>> refusal(Claim claim) {
        if (claim.keyPackage().length > policy.keyPackageBytes()) {
            return Future.succeededFuture(Optional.of(Problem.TOO_LARGE));
        }
        if (!Framing.isKeyPackage(claim.keyPackage())) {
            return Future.succeededFuture(Optional.of(Problem.MALFORMED));
        }
        if (claim.slot() > policy.slots()) {
            return Future.succeededFuture(Optional.of(Problem.LIMIT));
        }
        return desks.refusal(claim.staff(), claim.fence())
            .compose(refused -> refused.isPresent() ? Future.succeededFuture(refused) : proven(claim).map(may -> may ? Optional.empty() : Optional.of(Problem.NOT_NOW)));
    }

    private Future<Boolean> proven(Claim claim) {
        return proofs.proofOf(claim.staff()).compose(proof -> proof.isEmpty() ? Future.succeededFuture(false) : readiness.ready(claim.staff()));
    }

    private Future<Outcome<Optional<Conversation>>> settle(Claim claim, WaitingLine.Placed<Optional<Conversation>> placed) {
        if (placed.change().isEmpty()) {
            return Future.succeededFuture(placed.outcome());
        }
        announcer.announce(placed.change().get());
        Conversation taken = placed.change().get().after();
        return desks.refusal(claim.staff(), claim.fence()).compose(refused -> refused.isEmpty() ? Future.succeededFuture(placed.outcome())
            : conversations.release(taken.id(), claim.id(), Again.RELEASED).map(Outcome.refused(refused.get())));
    }
}
