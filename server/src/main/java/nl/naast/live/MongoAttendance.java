package nl.naast.live;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * {@link Attendance} in MongoDB: one document for each process, sealed but for a number that grows with every writing. Only whether it changed is looked at (who starts believes the first one it sees), so that no two machines' clocks are compared. What a process that
 * was killed leaves is destroyed by whoever notices first.
 */
final class MongoAttendance implements Attendance {
    private static final String TABLE = "live_process";
    private static final Duration DEAD = Duration.ofMinutes(1);
    /** Where nobody is left to notice: the sweep, by the day. */
    static final Duration KEPT = Duration.ofDays(1);

    private record Beat(long number, Instant since) {
    }

    private final MongoStore store;
    private final Wrap wrap;
    private final Clock clock;
    private final String self = Id16.random(RandomSource.system()).text();
    private final Map<String, Beat> beats = new HashMap<>();

    MongoAttendance(MongoStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    static MongoTables tables() {
        return new MongoTables("live", List.of(new MongoTables.Table(TABLE, true, List.of())));
    }

    @Override
    public Future<List<Here>> exchange(Here mine) {
        Document fields = MongoExpiry.fields(clock.now().plus(KEPT)).append("sealed", new Binary(wrap.seal(place(self), HereCodec.encode(mine))));
        return store.first(() -> store.collection(TABLE).updateOne(Filters.eq("_id", self), Updates.combine(Updates.inc("beat", 1L), new Document("$set", fields)), new UpdateOptions().upsert(true)))
            .compose(told -> store.all(() -> store.collection(TABLE).find())).compose(this::others);
    }

    private Future<List<Here>> others(List<Document> found) {
        List<Here> alive = new ArrayList<>();
        List<Future<?>> destroyed = new ArrayList<>();
        beats.keySet().retainAll(found.stream().map(process -> process.getString("_id")).toList());
        for (Document process : found) {
            String id = process.getString("_id");
            long number = MongoStore.number(process, "beat");
            Beat before = beats.get(id);
            if (id.equals(self)) {
                continue;
            }
            if (before == null || before.number() != number) {
                beats.put(id, new Beat(number, clock.now()));
                here(id, process).ifPresent(alive::add);
            } else if (before.since().plus(DEAD).isBefore(clock.now())) {
                beats.remove(id);
                destroyed.add(store.delete(TABLE, Filters.and(Filters.eq("_id", id), Filters.eq("beat", number))));
            }
        }
        return Future.join(destroyed).map(alive);
    }

    /** What none of our processes sealed is nobody's: it must not keep us from noticing who is gone. */
    private Optional<Here> here(String id, Document process) {
        try {
            return Optional.of(HereCodec.decode(wrap.open(place(id), MongoStore.bytes(process, "sealed"))));
        } catch (RuntimeException forged) {
            Log.say(LogCode.NOTICE_REFUSED, forged);
            return Optional.empty();
        }
    }

    @Override
    public Future<Void> leave() {
        return store.delete(TABLE, Filters.eq("_id", self)).mapEmpty();
    }

    @Override
    public List<Purge> purges() {
        return List.of(store.purge("process that ended", TABLE, KEPT));
    }

    private static String place(String id) {
        return TABLE + "/" + id;
    }
}
