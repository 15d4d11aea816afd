package nl.naast.conversation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of open conversations as they were committed last, so that one that is spoken in need not be read and unsealed for each envelope. Only a guess: what rests on it is written on condition of its version, and every
 * committed version has one content. Bounded; of a conversation that ended only the version is left, so that news of an earlier commit, told late, does not bring it back.
 */
final class KnownRows {
    private record Known(long version, Optional<Conversation> row) {
    }

    private final Map<ConversationId, Known> rows;

    /** @param most whoever was quiet longest goes first */
    KnownRows(int most) {
        rows = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ConversationId, Known> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<Conversation> find(ConversationId id) {
        return Optional.ofNullable(rows.get(id)).flatMap(Known::row);
    }

    /** After the commit only: what was rolled back would carry a version that another content gets later. */
    synchronized void committed(Conversation row) {
        Known known = rows.get(row.id());
        if (known == null || known.version() < row.version()) {
            rows.put(row.id(), new Known(row.version(), row.open() ? Optional.of(row) : Optional.empty()));
        }
    }
}
