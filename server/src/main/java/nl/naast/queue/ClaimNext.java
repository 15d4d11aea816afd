package nl.naast.queue;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import nl.naast.conversation.Announcer;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/**
 * An expert takes the first in line whose language she speaks. Who gets whom is settled by one conditional write; that her lease was not lost meanwhile, and she is not away, is looked at afterwards,
 * and the claim given back if it was.
 */
final class ClaimNext {
    private final WaitingLine line;
    private final Taking taking;
    private final ConversationModule conversations;
    private final Announcer announcer;

    ClaimNext(WaitingLine line, Taking taking, ConversationModule conversations, Announcer announcer) {
        this.line = line;
        this.taking = taking;
        this.conversations = conversations;
        this.announcer = announcer;
    }

    Future<Outcome<Optional<Conversation>>> claim(Claim claim, Set<String> languages) {
        return refusal(claim).compose(problem -> problem.isPresent() ? Future.succeededFuture(Outcome.refused(problem.get())) : line.claimFirst(claim, languages).compose(placed -> settle(claim, placed)));
    }

    private Future<Optional<Problem>> refusal(Claim claim) {
        return taking.refusal(claim)
            .compose(refused -> refused.isPresent() ? Future.succeededFuture(refused) : taking.proven(claim.staff(), Purpose.TRANSFER).map(may -> may ? Optional.empty() : Optional.of(Problem.NOT_NOW)));
    }

    private Future<Outcome<Optional<Conversation>>> settle(Claim claim, WaitingLine.Placed<Optional<Conversation>> placed) {
        if (placed.change().isEmpty()) {
            return Future.succeededFuture(placed.outcome());
        }
        announcer.announce(placed.change().get());
        Conversation taken = placed.change().get().after();
        return taking.lost(claim).compose(lost -> lost.isEmpty() ? Future.succeededFuture(placed.outcome()) : conversations.release(taken.id(), claim.id(), Again.RELEASED).map(Outcome.refused(lost.get())));
    }
}
