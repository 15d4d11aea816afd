package nl.naast.conversation;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** The envelopes after a cursor. An expert, and a guest, reads from the add that brought her in; what is older does not exist for her. */
final class ReadEnvelopes {
    private static final int MOST_BYTES = 128 * 1024;

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
            long first = switch (party.get()) {
                case VISITOR -> 1;
                case EXPERT -> found.get().log().fromSeq();
                case GUEST -> found.get().guest().orElseThrow().fromSeq();
            };
            if (first == 0) {
                return Future.succeededFuture(Outcome.done(new Page(List.of(), false)));
            }
            long from = Math.max(after, first - 1);
            return conversations.envelopes(id, from, limit + 1).map(envelopes -> Outcome.done(page(envelopes, limit)));
        });
    }

    /** As many as asked for, and no more than {@value #MOST_BYTES} bytes of bodies after the first: one answer is never a megabyte that somebody does not read. */
    private static Page page(List<Envelope> envelopes, int limit) {
        int size = Math.min(limit, envelopes.size());
        int bytes = 0;
        for (int i = 0; i < size; i++) {
            bytes += envelopes.get(i).body().length;
            if (i > 0 && bytes > MOST_BYTES) {
                size = i;
            }
        }
        return new Page(envelopes.subList(0, size), envelopes.size() > size);
    }
}
