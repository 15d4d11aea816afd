package nl.naast.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final List<Migration> SCHEMA = List.of(new Migration(1, "notes", List.of("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")));

    @TempDir
    Path directory;
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        await(vertx.close());
    }

    private SqliteStore open() {
        return SqliteStore.open(vertx, directory, SCHEMA);
    }

    static Future<Integer> insert(SqliteStore store, String text) {
        return store.write(connection -> {
            try (var insert = connection.prepareStatement("INSERT INTO notes (text) VALUES (?)")) {
                insert.setString(1, text);
                return insert.executeUpdate();
            }
        });
    }

    private static int count(SqliteStore store) {
        return await(store.read(connection -> {
            try (var statement = connection.createStatement(); var row = statement.executeQuery("SELECT count(*) FROM notes")) {
                return row.getInt(1);
            }
        }));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @DisplayName("a thousand writes at once are all there, also after closing and opening")
    void keeps() {
        try (SqliteStore store = open()) {
            List<Future<Integer>> writes = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                writes.add(insert(store, "note " + i));
            }
            await(Future.all(writes));
        }
        try (SqliteStore store = open()) {
            assertEquals(1000, count(store));
        }
    }

    @Test
    @DisplayName("one failing unit fails alone, the others of its group are stored")
    void isolates() {
        try (SqliteStore store = open()) {
            await(insert(store, "taken"));
            Future<Integer> before = insert(store, "before");
            Future<Integer> twice = insert(store, "taken");
            Future<Integer> after = insert(store, "after");
            await(before);
            await(after);
            assertTrue(assertThrows(Exception.class, () -> await(twice)).getCause() instanceof SQLException);
            assertEquals(3, count(store));
        }
    }

    @Test
    @DisplayName("a second opener of the same directory is refused in words")
    void exclusive() {
        try (SqliteStore store = open()) {
            String said = assertThrows(StoreRefused.class, this::open).getMessage();
            assertTrue(said.contains("in use by another process"), said);
            await(insert(store, "still works"));
        }
    }

    // seen failing: with a foreign reader's lock not looked at
    @Test
    @DisplayName("a checkpoint gets through while sixteen writers never stop, and fails in words while a foreign program reads the file")
    void checkpoint() throws Exception {
        try (SqliteStore store = open()) {
            AtomicBoolean on = new AtomicBoolean(true);
            AtomicInteger written = new AtomicInteger();
            List<Thread> writers = IntStream.range(0, 16).mapToObj(w -> Thread.ofPlatform().start(() -> {
                while (on.get()) {
                    await(insert(store, "busy " + written.incrementAndGet()));
                }
            })).toList();
            for (int i = 0; i < 20; i++) {
                await(store.checkpoint());
            }
            on.set(false);
            for (Thread writer : writers) {
                writer.join();
            }
            try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("naast.db")); Statement reads = foreign.createStatement(); ResultSet held = reads.executeQuery("SELECT * FROM notes")) {
                assertTrue(held.next());
                await(insert(store, "while it reads"));
                assertTrue(assertThrows(Exception.class, () -> await(store.checkpoint())).getCause() instanceof StoreBusy);
            }
            await(store.checkpoint());
            assertEquals(written.get() + 1, count(store));
        }
    }

    @Test
    @DisplayName("a newer schema than the program knows is refused in words, a known one is opened again and again")
    void schema() {
        open().close();
        open().close();
        var more = List.of(SCHEMA.getFirst(), new Migration(2, "more", List.of("CREATE TABLE more (id INTEGER PRIMARY KEY)")));
        SqliteStore.open(vertx, directory, more).close();
        String said = assertThrows(StoreRefused.class, this::open).getMessage();
        assertTrue(said.contains("schema 2") && said.contains("up to 1"), said);
    }
}
