package nl.naast.platform;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.reactivestreams.Publisher;

/**
 * The store of several machines: a MongoDB database, written with {@code w: majority, j: true} and read from the primary. Only single documents are atomic here, and every write may be asked for twice: passing errors
 * are met by asking again, at the most {@value #TRIES} times, and what is not known after that is {@link StoreBusy}, never success. The subset that is used stands in docs/running.md.
 */
public final class MongoStore implements Store {
    static final int TRIES = 5;
    private static final int FIRST_PAUSE_MS = 20;
    private static final int SELECTION_MS = 2_000;
    private static final int ANSWER_MS = 10_000;
    /** So long a lost race is run again. By time, not by tries: of sixty who want the same document, the last loses to each of the others. */
    private static final Duration RACE = Duration.ofSeconds(20);

    private static final String SEQUENCES = "sequence";
    /** Which write a document was last changed by: a random number that says nothing else. */
    private static final String MARK = "mark";

    private final Vertx vertx;
    private final MongoClient client;
    private final MongoDatabase database;

    private MongoStore(Vertx vertx, MongoClient client, MongoDatabase database) {
        this.vertx = vertx;
        this.client = client;
        this.database = database;
    }

    /**
     * Connects, and makes what is not there. Blocks: never on an event loop.
     *
     * @param uri a connection string with a database's name
     * @param wrap all processes on one database must have the same key file; another one is refused
     * @param listeners told of each command; of tests and figures
     * @throws StoreRefused when it cannot be reached, was written by a newer program, or with another key
     */
    public static MongoStore open(Vertx vertx, String uri, Wrap wrap, List<MongoTables> tables, CommandListener... listeners) {
        ConnectionString where = connectionString(uri);
        MongoClientSettings.Builder settings = MongoClientSettings.builder().applicationName("naast")
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SELECTION_MS, TimeUnit.MILLISECONDS))
            .applyToSocketSettings(socket -> socket.connectTimeout(SELECTION_MS, TimeUnit.MILLISECONDS).readTimeout(ANSWER_MS, TimeUnit.MILLISECONDS))
            // What the operator writes into the address about time and encryption holds; what it may not weaken comes after it.
            .applyConnectionString(where).writeConcern(WriteConcern.MAJORITY.withJournal(true)).readConcern(ReadConcern.MAJORITY).readPreference(ReadPreference.primary())
            // Asking again is ours: the driver's own way needs sessions, which not every server of the protocol has.
            .retryWrites(false).retryReads(false);
        List.of(listeners).forEach(settings::addCommandListener);
        MongoClient client = MongoClients.create(settings.build());
        MongoStore store = new MongoStore(vertx, client, client.getDatabase(where.getDatabase()));
        try {
            new MongoSchema(store, wrap, tables).bring();
            return store;
        } catch (StoreRefused refused) {
            client.close();
            throw refused;
        }
    }

    private static ConnectionString connectionString(String uri) {
        try {
            ConnectionString where = new ConnectionString(uri);
            if (where.getDatabase() != null) {
                return where;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below, without the address: a password may be in it.
        }
        throw new StoreRefused("the address of MongoDB must be a connection string with the name of a database, like mongodb://host:27017/naast");
    }

    public MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    /**
     * Asks, and asks again after a passing error, after a random pause that grows.
     *
     * @param asked makes the question anew each time; a write must be one that may be carried out twice
     * @return all that is answered; fails with {@link StoreBusy} when it is not known whether it was carried out
     */
    public <T> Future<List<T>> all(Supplier<Publisher<T>> asked) {
        return attempt(asked, 1);
    }

    /** As {@link #all}, for what answers with at the most one. */
    public <T> Future<Optional<T>> first(Supplier<Publisher<T>> asked) {
        return all(asked).map(found -> found.stream().findFirst());
    }

    /**
     * The write by which every race is settled: changes the one document that the filter names, if it does. It does not know its own write when the answer to it was lost; {@link #change} does.
     *
     * @return whether it did; fails with what {@link #duplicate} knows when a unique index has such a document already
     */
    Future<Boolean> update(String collection, Bson filter, Bson change) {
        return first(() -> collection(collection).updateOne(filter, change)).map(updated -> updated.orElseThrow().getMatchedCount() == 1);
    }

    /**
     * Changes the document with this id, if the condition holds, and knows its own write when the answer to it was lost: each leaves a mark. But only the last: where the answer was lost <em>and</em> somebody wrote after it,
     * the mark is gone. Who must know for certain writes an id of its own into the document, one that later writes leave there (MongoLedgers' step, MongoSuspension's attempt).
     *
     * @param condition what must hold besides the id
     * @return true: this call changed it; false: it did not, or it did and somebody has changed it since; fails with what {@link #duplicate} knows when a unique index has such a document already
     */
    public Future<Boolean> change(String collection, Object id, Bson condition, Bson change) {
        String mark = mark();
        return update(collection, Filters.and(Filters.eq("_id", id), condition), Updates.combine(change, Updates.set(MARK, mark))).compose(done -> done ? Future.succeededFuture(true) : isMine(collection, id, mark));
    }

    /** @return true: this call put it there; false: a unique index has such a document already, which may be this call's when its answer was lost and somebody has changed it since */
    public Future<Boolean> insert(String collection, Document document) {
        String mark = mark();
        document.append(MARK, mark);
        return first(() -> collection(collection).insertOne(document)).map(true).recover(failed -> duplicate(failed) ? isMine(collection, document.get("_id"), mark) : Future.failedFuture(failed));
    }

    /** What is read here is durable: before it comes a try that found its document changed already, and that is answered only when everything before it is with the majority. */
    private Future<Boolean> isMine(String collection, Object id, String mark) {
        return first(() -> collection(collection).find(Filters.and(Filters.eq("_id", id), Filters.eq(MARK, mark)))).map(Optional::isPresent);
    }

    private static String mark() {
        return Id16.random(RandomSource.system()).text();
    }

    /** Changes every document that the filter names; to be repeatable, it sets what it sets whatever stood there. */
    public Future<Void> changeAll(String collection, Bson filter, Bson change) {
        return first(() -> collection(collection).updateMany(filter, change)).mapEmpty();
    }

    /** @return how many were destroyed; when an answer was lost, those of the last try only */
    public Future<Long> delete(String collection, Bson which) {
        return first(() -> collection(collection).deleteMany(which)).map(deleted -> deleted.orElseThrow().getDeletedCount());
    }

    /** The numbers 1, 2, 3 …, each given to one caller only; one that nobody uses is a gap. @param sequence its name */
    public Future<Long> next(String sequence) {
        FindOneAndUpdateOptions make = new FindOneAndUpdateOptions().upsert(true);
        return first(() -> collection(SEQUENCES).findOneAndUpdate(Filters.eq("_id", sequence), Updates.inc("last", 1L), make)).map(before -> 1 + before.map(found -> number(found, "last")).orElse(0L))
            // Two made it at once: it is there now.
            .recover(failed -> duplicate(failed) ? next(sequence) : Future.failedFuture(failed));
    }

    /** A whole number, as large as a server of the protocol keeps it (NX-27017 gives small ones back as 32 bits: ADR 0018). */
    public static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }

    /** Bytes that were stored as {@link Binary}. They are never searched for: NX-27017 finds none (ADR 0018). What is searched for is text. */
    public static byte[] bytes(Document document, String field) {
        return document.get(field, Binary.class).getData();
    }

    /** Whether a write failed because a unique index has such a document already. */
    public static boolean duplicate(Throwable failed) {
        return MongoErrors.duplicate(failed);
    }

    private <T> Future<List<T>> attempt(Supplier<Publisher<T>> asked, int number) {
        return MongoFutures.all(vertx, asked.get()).recover(failed -> {
            if (!MongoErrors.passing(failed)) {
                return Future.failedFuture(failed);
            }
            return number == TRIES ? Future.failedFuture(new StoreBusy("the database does not answer")) : pause(number).compose(waited -> attempt(asked, number + 1));
        });
    }

    /**
     * For whoever may lose a race: tries, and tries again after a random pause that grows, until somebody was not faster.
     *
     * @param tried reads anew and writes; empty: somebody was faster
     * @return what a try answered; fails with {@link StoreBusy} when others were faster for 20 seconds
     */
    public <T> Future<T> again(Supplier<Future<Optional<T>>> tried) {
        return again(tried, RACE);
    }

    <T> Future<T> again(Supplier<Future<Optional<T>>> tried, Duration within) {
        return again(tried, System.nanoTime() + within.toNanos(), 1);
    }

    private <T> Future<T> again(Supplier<Future<Optional<T>>> tried, long until, int number) {
        return tried.get().compose(answered -> {
            if (answered.isPresent()) {
                return Future.succeededFuture(answered.get());
            }
            return System.nanoTime() > until ? Future.failedFuture(new StoreBusy("others were faster each time")) : pause(number).compose(waited -> again(tried, until, number + 1));
        });
    }

    /** A little while, other than anybody else's. @param number of the try that failed, from 1 */
    private Future<Void> pause(int number) {
        long most = (long) FIRST_PAUSE_MS << Math.min(number, 6);
        return vertx.timer(1 + ThreadLocalRandom.current().nextLong(most), TimeUnit.MILLISECONDS).mapEmpty();
    }

    @Override
    public Future<Boolean> answers() {
        return MongoFutures.all(vertx, database.runCommand(new Document("ping", 1))).map(pong -> true).otherwise(false);
    }

    /** Nothing to do: what is deleted in MongoDB lies in its files until the engine writes there again (SECURITY.md says so). */
    @Override
    public Future<Void> checkpoint() {
        return Future.succeededFuture();
    }

    @Override
    public Purge purge(String name, String table, Duration kept) {
        return new MongoExpiry(this, name, table, kept, document -> false);
    }

    @Override
    public String name() {
        return "MongoDB, database " + database.getName();
    }

    @Override
    public void close() {
        client.close();
    }
}
