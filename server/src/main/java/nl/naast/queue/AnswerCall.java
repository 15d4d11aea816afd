package nl.naast.queue;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationModule;
import nl.naast.conversation.Guest;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/**
 * Somebody of the staff answers a lead's call. Who comes is settled by one conditional write, as with a claim. A call that she may not answer, that somebody else has answered, or that there is not, look alike: nobody.
 */
final class AnswerCall {
    private final Taking taking;
    private final ConversationModule conversations;

    AnswerCall(Taking taking, ConversationModule conversations) {
        this.taking = taking;
        this.conversations = conversations;
    }

    /** Whether this call is one for her. */
    static boolean may(Conversation row, StaffId who, Set<Role> roles, Set<String> languages) {
        return row.guest().filter(guest -> switch (guest.purpose()) {
            case TRANSFER -> roles.contains(Role.EXPERT) && languages.contains(row.facts().language());
            case LOOK -> roles.contains(Role.COORDINATOR);
        }).isPresent() && !row.passes(who) && row.claim().filter(lead -> lead.staff().equals(who)).isEmpty();
    }

    Future<Outcome<Optional<Conversation>>> answer(Claim seat, Set<Role> roles, Set<String> languages) {
        return taking.refusal(seat).compose(problem -> problem.isPresent() ? Future.succeededFuture(Outcome.refused(problem.get()))
            : conversations.ofCall(seat.id()).compose(found -> found.filter(row -> may(row, seat.staff(), roles, languages)).map(row -> answer(row, seat)).orElse(nobody())));
    }

    private static Future<Outcome<Optional<Conversation>>> nobody() {
        return Future.succeededFuture(Outcome.done(Optional.empty()));
    }

    private Future<Outcome<Optional<Conversation>>> answer(Conversation row, Claim seat) {
        Purpose purpose = row.guest().map(Guest::purpose).orElseThrow();
        return taking.taken(seat).compose(taken -> taken ? refused(Problem.LIMIT) : taking.proven(seat.staff(), purpose).compose(may -> may ? write(row, seat) : refused(Problem.NOT_NOW)));
    }

    private static Future<Outcome<Optional<Conversation>>> refused(Problem problem) {
        return Future.succeededFuture(Outcome.refused(problem));
    }

    private Future<Outcome<Optional<Conversation>>> write(Conversation row, Claim seat) {
        return conversations.answer(row.id(), seat).compose(outcome -> switch (outcome) {
            case Outcome.Done<Optional<Conversation>>(Optional<Conversation> answered) when answered.isPresent() -> taking.lost(seat).compose(lost -> lost.isEmpty() ? Future.succeededFuture(outcome)
                : conversations.release(row.id(), seat.id(), Again.RELEASED).map(Outcome.refused(lost.get())));
            // Destroyed between the reading and the write.
            case Outcome.Refused<Optional<Conversation>> gone -> nobody();
            case Outcome.Done<Optional<Conversation>> nobody -> Future.succeededFuture(outcome);
        });
    }
}
