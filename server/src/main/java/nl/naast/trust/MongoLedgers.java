package nl.naast.trust;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * {@link Ledgers} in MongoDB: one document holds all of it, sealed, so that a step is there whole or not at all. In clear: the roster's version, which a step is conditional on; {@code change}, which grows with every
 * write, withdrawals too; and a random number of the step that made the roster, by which a step is known whose answer was lost. A thousand statements take about a megabyte of the sixteen that a document may have. The
 * sweep takes out what has expired; the document itself is never destroyed: its version must not begin anew.
 */
final class MongoLedgers implements Ledgers {
    private static final String TABLE = "trust_ledger";
    private static final String ONLY = "only";

    /** @param change 0: the document is not there yet */
    private record Row(long change, long version, String step, LedgerCodec all) {
        static final Row NONE = new Row(0, 0, "", LedgerCodec.EMPTY);
    }

    private final MongoStore store;
    private final Wrap wrap;
    private final Clock clock;
    /** What was read last: good for as long as the document's number is the same. */
    private volatile Row known = Row.NONE;

    MongoLedgers(MongoStore store, Wrap wrap, Clock clock) {
        this.store = store;
        this.wrap = wrap;
        this.clock = clock;
    }

    static MongoTables tables() {
        return new MongoTables("trust", List.of(new MongoTables.Table(TABLE, false, List.of())));
    }

    @Override
    public Future<Ledger> read() {
        return row().map(row -> row.all().at(clock.now()).ledger(row.version()));
    }

    @Override
    public Future<Boolean> step(Step step) {
        String id = Id16.random(RandomSource.system()).text();
        return store.again(() -> step(step, id));
    }

    /** @param id stays in the document until the next step: whether this one was carried out is known though its answer was lost and something else was written since. @return empty when somebody was faster */
    private Future<Optional<Boolean>> step(Step step, String id) {
        return row().compose(row -> row.version() != step.seen() ? Future.succeededFuture(Optional.of(row.step().equals(id)))
            : write(row, new Row(row.change() + 1, step.seen() + 1, id, row.all().after(step))).map(MongoLedgers::unlessLost));
    }

    @Override
    public Future<Boolean> withdraw(StaffId who) {
        return store.again(() -> row().compose(row -> row.all().statements().stream().noneMatch(entry -> entry.who().equals(who)) ? Future.succeededFuture(Optional.of(false))
            : write(row, with(row, all -> all.withdrawn(who))).map(MongoLedgers::unlessLost)));
    }

    private static Optional<Boolean> unlessLost(boolean written) {
        return written ? Optional.of(true) : Optional.empty();
    }

    private static Row with(Row row, UnaryOperator<LedgerCodec> change) {
        return new Row(row.change() + 1, row.version(), row.step(), change.apply(row.all()));
    }

    /** @return false when somebody was faster */
    private Future<Boolean> write(Row before, Row after) {
        Document fields = new Document("change", after.change()).append("version", after.version()).append("step", after.step()).append("sealed", new Binary(wrap.seal(TABLE, after.all().encode())));
        return before.change() == 0 ? store.insert(TABLE, fields.append("_id", ONLY)) : store.change(TABLE, ONLY, Filters.eq("change", before.change()), new Document("$set", fields));
    }

    /** It is asked for with each view that names an expert, and seldom changes: the number first, the rest when it is another. */
    private Future<Row> row() {
        Row before = known;
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", ONLY)).projection(Projections.include("change")))
            .compose(now -> now.filter(row -> MongoStore.number(row, "change") == before.change()).isPresent() ? Future.succeededFuture(before) : whole());
    }

    private Future<Row> whole() {
        return store.first(() -> store.collection(TABLE).find(Filters.eq("_id", ONLY))).map(found -> found.map(this::row).orElse(Row.NONE)).onSuccess(read -> known = read);
    }

    private Row row(Document found) {
        return new Row(MongoStore.number(found, "change"), MongoStore.number(found, "version"), found.getString("step"), LedgerCodec.decode(wrap.open(TABLE, MongoStore.bytes(found, "sealed"))));
    }

    /** @param kept of the longest lived statement, and of the revocation that stands in for it */
    List<Purge> purges(Duration kept) {
        return List.of(new Expired("statement", kept, all -> all.withoutStatements(clock.now())), new Expired("revocation", kept, all -> all.withoutRevocations(clock.now())));
    }

    /** Writes the document without what has expired of one kind, if there is any. */
    private final class Expired implements Purge {
        private final String name;
        private final Duration kept;
        private final UnaryOperator<LedgerCodec> without;

        Expired(String name, Duration kept, UnaryOperator<LedgerCodec> without) {
            this.name = name;
            this.kept = kept;
            this.without = without;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String table() {
            return TABLE;
        }

        @Override
        public Duration kept() {
            return kept;
        }

        @Override
        public Future<Integer> purge(LocalDate today, int limit) {
            return row().compose(row -> {
                int over = row.all().size() - without.apply(row.all()).size();
                return over == 0 ? Future.succeededFuture(0) : write(row, with(row, without)).map(done -> done ? over : 0);
            });
        }
    }
}
