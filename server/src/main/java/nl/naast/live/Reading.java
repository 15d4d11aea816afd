package nl.naast.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Envelope;
import nl.naast.live.Notice.News;
import nl.naast.wire.ServerFrame;

/**
 * How far one connection has been told, by conversation, as far as the server knows: only a connection that stands right before an envelope gets the envelope itself. Used on the connection's own thread only.
 */
final class Reading {
    private final Map<ConversationId, Long> cursors = new HashMap<>();
    private final Map<ConversationId, Long> hinted = new HashMap<>();

    void at(ConversationId conversation, long seq) {
        cursors.put(conversation, seq);
    }

    /** It asked for what comes after {@code after} and got these. */
    void fetched(ConversationId conversation, long after, List<Envelope> items) {
        cursors.put(conversation, items.isEmpty() ? after : items.getLast().seq());
    }

    /** Its own envelope was stored: it need not be told. */
    void stored(ConversationId conversation, long seq) {
        cursors.computeIfPresent(conversation, (id, cursor) -> cursor == seq - 1 ? Long.valueOf(seq) : cursor);
    }

    /**
     * @param envelope it itself, when this process stored it
     * @param first whether it is the first that may be read here: nothing older is, so that a desk stands right before the add that brings it in
     * @return what to say about an envelope that was just stored: itself, a hint, or nothing
     */
    Optional<ServerFrame> announced(ConversationId id, News news, Optional<Envelope> envelope, boolean first) {
        long cursor = first ? news.seq() - 1 : cursors.getOrDefault(id, -1L);
        if (cursor >= news.seq()) {
            return Optional.empty();
        }
        if (envelope.isPresent() && cursor == news.seq() - 1) {
            cursors.put(id, news.seq());
            return Optional.of(new ServerFrame.Pushed(envelope.get()));
        }
        return hint(id, news.seq());
    }

    private Optional<ServerFrame> hint(ConversationId id, long seq) {
        boolean said = hinted.getOrDefault(id, -1L) >= seq;
        hinted.merge(id, seq, Math::max);
        return said ? Optional.empty() : Optional.of(new ServerFrame.Hint(id, seq));
    }
}
