package nl.naast.conversation;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** The envelopes after a cursor. An expert reads from the add that brought her in; what is older does not exist for her. */
final class ReadEnvelopes {
    private final Conversations conversations;

    ReadEnvelopes(Conversations conversations) {
        this.conversations = conversations;
    }

    Future<Outcome<Page>> read(Member by, ConversationId id, long after, int limit) {
        return conversations.find(id).compose(found -> {
            Optional<Party> party = found.flatMap(by::in);
            if (party.isEmpty()) {
                return Future.succeededFuture(Outcome.refused(Problem.UNKNOWN));
            }
            long first = found.get().log().fromSeq();
            if (party.get() == Party.EXPERT && first == 0) {
                return Future.succeededFuture(Outcome.done(new Page(List.of(), false)));
            }
            long from = party.get() == Party.EXPERT ? Math.max(after, first - 1) : after;
            return conversations.envelopes(id, from, limit + 1).map(envelopes -> Outcome.done(page(envelopes, limit)));
        });
    }

    private static Page page(List<Envelope> envelopes, int limit) {
        boolean more = envelopes.size() > limit;
        return new Page(more ? envelopes.subList(0, limit) : envelopes, more);
    }
}
