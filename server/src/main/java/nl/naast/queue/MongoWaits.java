package nl.naast.queue;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.bson.types.Binary;

/** {@link Waits} in MongoDB: number and expiry day in clear, the rest sealed. The number is one that nobody else has, so that adding twice is adding once. */
final class MongoWaits implements Waits {
    private static final String TABLE = "wait";
    /** The id as a number: NX-27017 puts numbers that are ids in the order of their digits (ADR 0018). */
    private static final String NUMBER = "number";

    private final MongoStore store;
    private final Wrap wrap;
    private final Clock clock;

    MongoWaits(MongoStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    static MongoTables tables() {
        return new MongoTables("queue", List.of(new MongoTables.Table(TABLE, true, List.of(new IndexModel(Indexes.ascending(NUMBER))))));
    }

    @Override
    public Future<Void> add(Measured wait) {
        return store.next(TABLE).compose(number -> store.insert(TABLE, MongoExpiry.fields(wait.expiresAt()).append("_id", Long.toString(number)).append(NUMBER, number).append("sealed", new Binary(wrap.seal(TABLE, WaitCodec.encode(wait)))))).mapEmpty();
    }

    @Override
    public Future<List<Measured>> newest(int limit) {
        return store.all(() -> store.collection(TABLE).find().sort(Sorts.descending(NUMBER)).limit(limit)).map(found -> found.stream().map(this::wait).filter(this::lives).toList());
    }

    private Measured wait(Document found) {
        return WaitCodec.decode(wrap.open(TABLE, MongoStore.bytes(found, "sealed")));
    }

    private boolean lives(Measured wait) {
        return wait.expiresAt().isAfter(clock.now());
    }

    @Override
    public Purge purge(Duration kept) {
        return new MongoExpiry(store, "measured wait", TABLE, kept, document -> !lives(wait(document)));
    }
}
