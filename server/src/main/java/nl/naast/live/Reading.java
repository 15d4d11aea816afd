package nl.naast.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Envelope;
import nl.naast.conversation.Kind;
import nl.naast.conversation.Party;
import nl.naast.wire.ServerFrame;

/**
 * How far one connection has been told, by conversation, as far as the server knows: only a connection that stands right before an envelope gets the envelope itself. Used on the connection's own thread only.
 */
final class Reading {
    private final Party side;
    private final Map<ConversationId, Long> cursors = new HashMap<>();
    private final Map<ConversationId, Long> hinted = new HashMap<>();

    Reading(Party side) {
        this.side = side;
    }

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

    /** @return what to say about an envelope that was just stored: itself, a hint, or nothing */
    Optional<ServerFrame> announced(Envelope envelope) {
        ConversationId id = envelope.conversation();
        // Nothing older than the add that brings her in is ever read by an expert, so there she stands right before it.
        long cursor = envelope.kind() == Kind.ADD && side == Party.EXPERT ? envelope.seq() - 1 : cursors.getOrDefault(id, -1L);
        if (cursor >= envelope.seq()) {
            return Optional.empty();
        }
        if (cursor == envelope.seq() - 1) {
            cursors.put(id, envelope.seq());
            return Optional.of(new ServerFrame.Pushed(envelope));
        }
        return hint(id, envelope.seq());
    }

    private Optional<ServerFrame> hint(ConversationId id, long seq) {
        boolean said = hinted.getOrDefault(id, -1L) >= seq;
        hinted.put(id, seq);
        return said ? Optional.empty() : Optional.of(new ServerFrame.Hint(id, seq));
    }
}
