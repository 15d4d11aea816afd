package nl.naast.conversation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.naast.platform.Settled;

/**
 * Rows of open conversations as they were written last, so that one that is spoken in need not be read and unsealed for each envelope. Only a guess: what rests on it is written on condition of its version, and every version
 * that is committed, or will be with this transaction, has one content. Bounded. On the writer's thread only.
 */
final class KnownRows implements Settled {
    /** @param lying what lies in it at this version of the row */
    record Known(Conversation row, Lying lying) {
    }

    private final Map<ConversationId, Known> rows;
    /** Written, and not committed yet. Forgotten when anything is undone: its version would get another content. */
    private final Map<ConversationId, Known> fresh = new HashMap<>();

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

    Optional<Known> find(ConversationId id) {
        Known written = fresh.get(id);
        return Optional.ofNullable(written == null ? rows.get(id) : written);
    }

    void written(Known now) {
        fresh.put(now.row().id(), now);
    }

    @Override
    public void committed() {
        fresh.forEach((id, now) -> {
            if (now.row().open()) {
                rows.put(id, now);
            } else {
                rows.remove(id);
            }
        });
        fresh.clear();
    }

    @Override
    public void undone() {
        // What else the group wrote is committed all the same: of a row that was written in it nothing is known any more.
        rows.keySet().removeAll(fresh.keySet());
        fresh.clear();
    }
}
