package nl.naast.trust;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * {@link Ledgers} in MongoDB: one document holds all of it, sealed. In clear: {@code change}, which grows with every write and which every write is conditional on, and the roster's version. A thousand statements take about
 * a megabyte of the sixteen that a document may have. The document itself is never destroyed: the version must not begin anew.
 *
 * <p>Where the answer to a write was lost and somebody wrote since, a write that was carried out is decided once more. Every rule answers then as it would to whoever asks the same again.
 */
final class MongoLedgers implements Ledgers {
    private static final String TABLE = LedgerPurge.TABLE;
    private static final String ONLY = "only";

    private final MongoStore store;
    private final Wrap wrap;
    private final Clock clock;
    /** What was read last: good for as long as the document's number is the same. */
    private volatile Ledger known = Ledger.EMPTY;

    MongoLedgers(MongoStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    static MongoTables tables() {
        return new MongoTables("trust", List.of(new MongoTables.Table(TABLE, false, List.of())));
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Future<Ledger> read() {
        return all().map(all -> all.at(clock.now()));
    }

    @Override
    public <T> Future<T> changeAll(Function<Ledger, Decided<T>> rule) {
        return store.again(() -> all().compose(all -> {
            Decided<T> decided = rule.apply(all);
            Future<Boolean> stands = decided.next().map(next -> write(all.change(), next.next())).orElse(Future.succeededFuture(true));
            return stands.map(done -> done ? Optional.of(decided.answer()) : Optional.<T>empty());
        }));
    }

    /** @return false when somebody was faster */
    private Future<Boolean> write(long seen, Ledger next) {
        Document fields = new Document("change", seen + 1).append("version", next.version()).append("sealed", new Binary(wrap.seal(TABLE, LedgerCodec.encode(next))));
        return seen == 0 ? store.insert(TABLE, fields.append("_id", ONLY)) : store.change(TABLE, ONLY, Filters.eq("change", seen), new Document("$set", fields));
    }

    /** It is asked for with each view that names an expert, and seldom changes: the number first, the rest when it is another. */
    private Future<Ledger> all() {
        Ledger before = known;
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", ONLY)).projection(Projections.include("change")))
            .compose(now -> now.filter(row -> MongoStore.number(row, "change") == before.change()).isPresent() ? Future.succeededFuture(before) : whole());
    }

    private Future<Ledger> whole() {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", ONLY))).map(found -> found.map(this::ledger).orElse(Ledger.EMPTY)).onSuccess(read -> known = read);
    }

    private Ledger ledger(Document found) {
        return LedgerCodec.decode(MongoStore.number(found, "change"), MongoStore.number(found, "version"), wrap.open(TABLE, MongoStore.bytes(found, "sealed")));
    }
}
