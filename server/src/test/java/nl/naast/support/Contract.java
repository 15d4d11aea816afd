package nl.naast.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.naast.house.House;
import nl.naast.house.MovableClock;
import nl.naast.house.PolicyTables;
import nl.naast.platform.Id16;
import nl.naast.platform.KeyFileWrap;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.RandomSource;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every port's contract needs: a clock that is moved, a key, callers at once. An implementation's test extends the port's contract and says how to open it. */
public abstract class Contract {
    private static final int THREADS = 8;
    /** Of every store that a contract opened on MongoDB. */
    public static final MongoCommands COMMANDS = new MongoCommands();
    private static final MongoSubset SUBSET = MongoSubset.read();

    @TempDir
    protected Path directory;
    protected final Vertx vertx = Vertx.vertx();
    protected final MovableClock clock = new MovableClock();
    protected Wrap wrap;
    private Store store;
    private String database;
    private final Set<String> collections = new TreeSet<>();

    @BeforeEach
    final void key() throws Exception {
        wrap = KeyFileWrap.at(directory.resolve("naast.key"), RandomSource.system());
    }

    @AfterEach
    final void end() throws Exception {
        Set<String> unpublished = new TreeSet<>();
        if (store instanceof MongoStore mongo) {
            unpublished.addAll(unpublished(mongo));
        }
        if (store != null) {
            store.close();
        }
        House.await(vertx.close());
        // seen failing: with a row's field left out of the table, and with an exact time beside the day
        assertEquals(Set.of(), unpublished, "lies in MongoDB, and not in docs/retention.md");
        assertEquals(Set.of(), COMMANDS.unlisted(SUBSET), "sent to MongoDB, and not in docs/running.md");
    }

    /** A fresh SQLite store with these tables, closed after the test. */
    protected final SqliteStore sqlite(Migration... migrations) {
        SqliteStore sqlite = SqliteStore.open(vertx, directory, List.of(migrations));
        store = sqlite;
        return sqlite;
    }

    /** A store with these collections in a database of this test's own, closed after the test. */
    protected final MongoStore mongo(MongoTables... tables) throws Exception {
        database = database == null ? MongoForTests.freshDatabase() : database;
        MongoStore mongo = MongoStore.open(vertx, database, wrap, List.of(tables), COMMANDS);
        store = mongo;
        collections.addAll(List.of("sequence", "naast"));
        Stream.of(tables).flatMap(each -> each.tables().stream()).map(MongoTables.Table::name).forEach(collections::add);
        return mongo;
    }

    /** @return the fields that docs/retention.md does not name, and every date but the one it does */
    private Set<String> unpublished(MongoStore mongo) throws Exception {
        Set<String> found = new TreeSet<>();
        Map<String, Set<String>> fields = PolicyTables.read().fields();
        for (String collection : collections) {
            for (Document document : House.await(mongo.all(() -> mongo.collection(collection).find()))) {
                document.forEach((field, value) -> {
                    if (!fields.getOrDefault(collection, Set.of()).contains(field) || value instanceof Date && !field.equals("day_over")) {
                        found.add(collection + "." + field);
                    }
                });
            }
        }
        return found;
    }

    protected static <T> T done(Future<T> future) throws Exception {
        return House.await(future);
    }

    protected static Id16 id() {
        return Id16.random(RandomSource.system());
    }

    /** So many calls at one moment from several threads. @return what they answered, in the order of their numbers */
    protected static <T> List<T> atOnce(int count, IntFunction<Future<T>> call) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<T>> answers = new ArrayList<>(Collections.nCopies(count, null));
        List<Thread> callers = IntStream.range(0, THREADS).mapToObj(caller -> Thread.ofPlatform().start(() -> {
            waitFor(go);
            for (int i = caller; i < count; i += THREADS) {
                answers.set(i, call.apply(i));
            }
        })).toList();
        go.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        List<T> values = new ArrayList<>();
        for (Future<T> answer : answers) {
            values.add(done(answer));
        }
        return values;
    }

    private static void waitFor(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
