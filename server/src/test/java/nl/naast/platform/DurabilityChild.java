package nl.naast.platform;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that appends with 16 writers until it is killed, and says on its output what was acknowledged. Arguments: directory, round. */
final class DurabilityChild {
    static final List<Migration> SCHEMA = List.of(new Migration(1, "line", List.of("CREATE TABLE line (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT")));
    private static final int WRITERS = 16;

    private DurabilityChild() {
    }

    public static void main(String[] arguments) {
        SqliteStore store = SqliteStore.open(Vertx.vertx(), Path.of(arguments[0]), SCHEMA);
        for (int writer = 0; writer < WRITERS; writer++) {
            String prefix = arguments[1] + "-" + writer + "-";
            Thread.ofPlatform().start(() -> append(store, prefix));
        }
    }

    private static void append(SqliteStore store, String prefix) {
        for (int i = 0; ; i++) {
            String id = prefix + i;
            insert(store, id).toCompletionStage().toCompletableFuture().join();
            System.out.println(id);
        }
    }

    /** Some 300 bytes; every row carries the marker twice, in the key and in the body. */
    static io.vertx.core.Future<Integer> insert(SqliteStore store, String id) {
        return store.write(connection -> {
            try (var insert = connection.prepareStatement("INSERT INTO line (id, body) VALUES (?, ?)")) {
                insert.setString(1, "marker-" + id);
                insert.setString(2, "marker-" + id + "-" + "x".repeat(250));
                return insert.executeUpdate();
            }
        });
    }
}
