package nl.naast.audit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoExpiry;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * The trail in MongoDB. A line's id is the number after that of the line it names, so that of two that name the same line one is there and the other begins anew. Numbers begin at one again only when every line of a whole
 * {@code kept} has expired.
 */
final class MongoAuditTrail implements AuditTrail {
    private static final String TABLE = "audit";
    /** The id as a number: NX-27017 puts numbers that are ids in the order of their digits (ADR 0018). */
    private static final String NUMBER = "number";

    private final MongoStore store;
    private final Wrap wrap;
    private final Clock clock;
    private final Duration kept;
    private Future<Void> newest = Future.succeededFuture();

    MongoAuditTrail(MongoStore store, Wrap wrap, Clock clock, Duration kept) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
        this.kept = kept;
    }

    static MongoTables tables() {
        return new MongoTables("audit", List.of(new MongoTables.Table(TABLE, true, List.of(new IndexModel(Indexes.ascending(NUMBER))))));
    }

    /** One after the other within this process, since each has to name the one before; what another process adds meanwhile is met by beginning anew. */
    @Override
    public synchronized Future<Void> add(AuditEvent event) {
        newest = newest.otherwiseEmpty().compose(before -> store.again(() -> attempt(event)).mapEmpty());
        return newest;
    }

    private Future<Optional<Boolean>> attempt(AuditEvent event) {
        return store.first(() -> store.collection(TABLE).find().sort(Sorts.descending(NUMBER)).limit(1)).compose(last -> store.insert(TABLE, next(last.map(MongoAuditTrail::row), event)))
            .map(added -> added ? Optional.of(true) : Optional.empty());
    }

    private Document next(Optional<AuditRow> last, AuditEvent event) {
        Instant minute = clock.now().truncatedTo(ChronoUnit.MINUTES);
        AuditCodec line = new AuditCodec(minute, event, last.map(AuditRow::hash).orElse(new byte[32]), minute.plus(kept));
        long number = 1 + last.map(AuditRow::number).orElse(0L);
        return MongoExpiry.fields(line.expiresAt()).append("_id", Long.toString(number)).append(NUMBER, number).append("sealed", new Binary(wrap.seal(TABLE, line.encode())));
    }

    @Override
    public Future<List<Line>> after(long number, int limit) {
        return store.all(() -> store.collection(TABLE).find(Filters.gt(NUMBER, number)).sort(Sorts.ascending(NUMBER)).limit(limit))
            .map(found -> found.stream().map(MongoAuditTrail::row).filter(row -> lives(row.open(wrap))).map(row -> new Line(row.number(), row.open(wrap).minute(), row.open(wrap).event())).toList());
    }

    @Override
    public Future<Boolean> intact() {
        return store.all(() -> store.collection(TABLE).find().sort(Sorts.ascending(NUMBER))).map(found -> AuditRow.chained(found.stream().map(MongoAuditTrail::row).toList(), wrap));
    }

    Purge purge() {
        return new MongoExpiry(store, "audit line", TABLE, kept, document -> !lives(row(document).open(wrap)));
    }

    private boolean lives(AuditCodec line) {
        return line.expiresAt().isAfter(clock.now());
    }

    private static AuditRow row(Document found) {
        return new AuditRow(MongoStore.number(found, NUMBER), MongoStore.number(found, MongoExpiry.DAY), MongoStore.bytes(found, "sealed"));
    }
}
