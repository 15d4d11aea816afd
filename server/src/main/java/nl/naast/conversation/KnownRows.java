package nl.naast.conversation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of open conversations as they were committed last, so that one that is spoken in need not be read and unsealed for each envelope. Only a guess: what rests on it is written on condition of its version, and every
 * committed version has one content. Bounded; of a conversation that ended only the version is left, so that news of an earlier commit, told late, does not bring it back.
 */
final class KnownRows {
    /** @param lying what lies in it at this version of the row */
    record Known(Conversation row, Lying lying) {
    }

    private record Kept(long version, Optional<Known> known) {
    }

    private final Map<ConversationId, Kept> rows;

    /** @param most whoever was quiet longest goes first */
    KnownRows(int most) {
        rows = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ConversationId, Kept> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<Known> find(ConversationId id) {
        return Optional.ofNullable(rows.get(id)).flatMap(Kept::known);
    }

    /** After the commit only: what was rolled back would carry a version that another content gets later. */
    synchronized void committed(Known now) {
        Conversation row = now.row();
        Kept kept = rows.get(row.id());
        if (kept == null || kept.version() < row.version()) {
            rows.put(row.id(), new Kept(row.version(), row.open() ? Optional.of(now) : Optional.empty()));
        }
    }
}
