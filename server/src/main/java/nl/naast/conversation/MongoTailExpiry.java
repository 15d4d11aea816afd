package nl.naast.conversation;

import com.mongodb.client.model.Filters;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Purge;
import org.bson.Document;

/** Destroys the envelopes that expired while they were the newest of their conversation ({@link MongoTail}). */
final class MongoTailExpiry implements Purge {
    private final MongoStore store;
    private final MongoConversationRows rows;
    private final EnvelopeCodec codec;
    private final Clock clock;
    private final Duration kept;

    MongoTailExpiry(MongoStore store, MongoConversationRows rows, EnvelopeCodec codec, Clock clock, Duration kept) {
        this.store = store;
        this.rows = rows;
        this.codec = codec;
        this.clock = clock;
        this.kept = kept;
    }

    @Override
    public String name() {
        return "envelope";
    }

    @Override
    public String table() {
        return MongoConversationRows.TABLE;
    }

    @Override
    public Duration kept() {
        return kept;
    }

    /** Each by a write that is conditional on the row: one that changed meanwhile is left for the next time. */
    @Override
    public Future<Integer> purge(LocalDate today, int limit) {
        return store.all(() -> store.collection(MongoConversationRows.TABLE).find(Filters.lte(MongoTail.DAY, today.toEpochDay()))).compose(found -> {
            List<Document> past = found.stream().filter(document -> MongoTail.of(codec, document).filter(tail -> !tail.expiresAt().isAfter(clock.now())).isPresent()).limit(limit).toList();
            Future<Integer> destroyed = Future.succeededFuture(0);
            for (Document document : past) {
                destroyed = destroyed.compose(count -> store.change(MongoConversationRows.TABLE, document.getString("_id"), MongoConversationRows.atVersion(rows.row(document)), MongoTail.unset()).map(done -> done ? count + 1 : count));
            }
            return destroyed;
        });
    }
}
