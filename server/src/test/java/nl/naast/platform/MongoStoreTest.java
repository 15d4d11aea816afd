package nl.naast.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import nl.naast.house.House;
import nl.naast.support.MongoForTests;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The store of several machines")
class MongoStoreTest {
    private static final MongoTables TABLES = new MongoTables("thing", List.of(
        new MongoTables.Table("thing", true, List.of(new IndexModel(Indexes.ascending("name"), new IndexOptions().unique(true).sparse(true))))));
    private static final LocalDate TODAY = LocalDate.of(2100, 11, 25);

    @TempDir
    private Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final List<MongoStore> opened = new ArrayList<>();
    private String database;
    private Wrap wrap;

    @BeforeEach
    void database() throws Exception {
        database = MongoForTests.freshDatabase();
        wrap = KeyFileWrap.at(directory.resolve("naast.key"), RandomSource.system());
    }

    @AfterEach
    void end() throws Exception {
        opened.forEach(MongoStore::close);
        House.await(vertx.close());
    }

    private MongoStore open(Wrap wrap) {
        MongoStore store = MongoStore.open(vertx, database, wrap, List.of(TABLES));
        opened.add(store);
        return store;
    }

    private static void insert(MongoStore store, Document document) throws Exception {
        House.await(store.first(() -> store.collection("thing").insertOne(document)));
    }

    private static long count(MongoStore store) throws Exception {
        return House.await(store.all(() -> store.collection("thing").find())).size();
    }

    @Test
    @DisplayName("opening it again, and by a second process, changes nothing")
    void again() throws Exception {
        MongoStore first = open(wrap);
        insert(first, new Document("_id", 1).append("name", "a"));
        MongoStore second = open(wrap);
        assertTrue(House.await(second.answers()));
        assertEquals(1, count(second));
    }

    // seen failing: without the comparison of the key's tag
    @Test
    @DisplayName("another key file is refused, with what to do")
    void otherKey() throws Exception {
        open(wrap);
        Wrap other = KeyFileWrap.at(directory.resolve("other/naast.key"), RandomSource.system());
        assertTrue(assertThrows(StoreRefused.class, () -> open(other)).getMessage().contains("put the naast.key of the first process"));
    }

    @Test
    @DisplayName("what a newer program wrote is refused, with what to do")
    void newer() throws Exception {
        MongoStore store = open(wrap);
        House.await(store.first(() -> store.collection("naast").updateOne(Filters.eq("_id", "store"), Updates.set("version", MongoSchema.VERSION + 1))));
        assertTrue(assertThrows(StoreRefused.class, () -> open(wrap)).getMessage().contains("start the newer program"));
    }

    @Test
    @DisplayName("where nobody answers it is refused in words, without the address")
    void nobody() {
        StoreRefused refused = assertThrows(StoreRefused.class, () -> MongoStore.open(vertx, "mongodb://somebody:secret@127.0.0.1:1/naast?serverSelectionTimeoutMS=50", wrap, List.of(TABLES)));
        assertTrue(refused.getMessage().contains("does not answer"));
        assertFalse(refused.getMessage().contains("secret"));
        assertFalse(assertThrows(StoreRefused.class, () -> MongoStore.open(vertx, "mongodb://somebody:secret@127.0.0.1:1", wrap, List.of())).getMessage().contains("secret"));
    }

    @Test
    @DisplayName("a second document under a unique index is told apart from other failures; documents without the field are not alike")
    void unique() throws Exception {
        MongoStore store = open(wrap);
        insert(store, new Document("_id", 1).append("name", "a"));
        insert(store, new Document("_id", 2));
        insert(store, new Document("_id", 3));
        assertDuplicate(() -> insert(store, new Document("_id", 4).append("name", "a")));
        assertDuplicate(() -> insert(store, new Document("_id", 1)));
        assertDuplicate(() -> House.await(store.first(() -> store.collection("thing").updateOne(Filters.eq("_id", 2), Updates.set("name", "a")))));
    }

    private static void assertDuplicate(Executable write) {
        Throwable failed = assertThrows(Exception.class, write).getCause();
        assertTrue(MongoStore.duplicate(failed), failed.toString());
    }

    @Test
    @DisplayName("bytes and numbers come back as they went in")
    void bytes() throws Exception {
        MongoStore store = open(wrap);
        insert(store, new Document("_id", "a").append("sealed", new Binary(new byte[] {3, -1, 0})).append("small", 5L).append("large", 1L << 40));
        Document found = House.await(store.first(() -> store.collection("thing").find(Filters.eq("_id", "a")))).orElseThrow();
        assertArrayEquals(new byte[] {3, -1, 0}, MongoStore.bytes(found, "sealed"));
        assertEquals(5, MongoStore.number(found, "small"));
        assertEquals(1L << 40, MongoStore.number(found, "large"));
    }

    // seen failing: with a race run again for ever
    @Test
    @DisplayName("a race that is always lost ends as busy, within its bound; one that is won in the end answers")
    void always() throws Exception {
        MongoStore store = open(wrap);
        AtomicInteger tries = new AtomicInteger();
        Throwable failed = assertThrows(Exception.class, () -> House.await(store.again(() -> {
            tries.incrementAndGet();
            return Future.succeededFuture(Optional.empty());
        }, Duration.ofMillis(200)))).getCause();
        assertInstanceOf(StoreBusy.class, failed);
        assertTrue(tries.get() > 1);
        tries.set(0);
        assertEquals("won", House.await(store.again(() -> Future.succeededFuture(tries.incrementAndGet() < 7 ? Optional.empty() : Optional.of("won")))));
    }

    @Test
    @DisplayName("fifty counts at once are fifty numbers")
    void counted() throws Exception {
        MongoStore store = open(wrap);
        var counts = IntStream.range(0, 50).mapToObj(i -> store.next("arrival")).toList();
        List<Long> numbers = new ArrayList<>();
        for (var count : counts) {
            numbers.add(House.await(count));
        }
        assertEquals(IntStream.rangeClosed(1, 50).mapToObj(i -> (long) i).toList(), numbers.stream().sorted().toList());
    }

    @Test
    @DisplayName("of fifty conditional writes at once on one version, one is carried out")
    void conditional() throws Exception {
        MongoStore store = open(wrap);
        insert(store, new Document("_id", "a").append("version", 1L));
        var writes = IntStream.range(0, 50).mapToObj(i -> store.update("thing", Filters.and(Filters.eq("_id", "a"), Filters.eq("version", 1L)), Updates.combine(Updates.set("by", i), Updates.inc("version", 1L)))).toList();
        int carriedOut = 0;
        for (var write : writes) {
            carriedOut += House.await(write) ? 1 : 0;
        }
        assertEquals(1, carriedOut);
    }

    // seen failing: with lte for the days that are over
    @Test
    @DisplayName("the sweep destroys days that are over unread, looks into today, leaves tomorrow, and in pieces")
    void expiry() throws Exception {
        MongoStore store = open(wrap);
        Instant noon = TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
        for (int i = 0; i < 5; i++) {
            insert(store, MongoExpiry.fields(noon.minus(Duration.ofDays(1))).append("_id", "over" + i));
            insert(store, MongoExpiry.fields(noon).append("_id", "past" + i).append("past", true));
            insert(store, MongoExpiry.fields(noon).append("_id", "still" + i).append("past", false));
            insert(store, MongoExpiry.fields(noon.plus(Duration.ofDays(1))).append("_id", "later" + i));
        }
        MongoExpiry sweep = new MongoExpiry(store, "thing", "thing", Duration.ofDays(1), document -> document.getBoolean("past"));
        assertEquals(3, House.await(sweep.purge(TODAY, 3)));
        assertEquals(7, House.await(sweep.purge(TODAY, 100)));
        assertEquals(0, House.await(sweep.purge(TODAY, 100)));
        assertEquals(10, count(store));
        assertTrue(House.await(store.all(() -> store.collection("thing").find())).stream().map(document -> document.getString("_id")).allMatch(id -> id.startsWith("still") || id.startsWith("later")));
    }
}
