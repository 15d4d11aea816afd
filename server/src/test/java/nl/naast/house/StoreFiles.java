package nl.naast.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;

/** Looks for stored bytes in the files of a store, whatever the database says about them. */
public final class StoreFiles {
    private final Path directory;
    private static final int KNOWN_BY = 40;

    private final Set<String> seen = new HashSet<>();

    public StoreFiles(Path directory) {
        this.directory = directory;
    }

    /** Remembers every id, tag and sealed blob that lies in these tables now. */
    public void remember(SqliteStore store, String... tables) throws Exception {
        seen.addAll(blobs(store, tables));
    }

    /** What rightly lies in these tables is not looked for. */
    public void without(SqliteStore store, String... tables) throws Exception {
        seen.removeAll(blobs(store, tables));
    }

    private static Set<String> blobs(SqliteStore store, String... tables) throws Exception {
        Set<String> all = new HashSet<>();
        for (String table : tables) {
            all.addAll(House.await(store.read(connection -> Sql.list(connection, row -> {
                List<String> blobs = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    if (row.getObject(i) instanceof byte[] bytes && bytes.length >= 16) {
                        blobs.add(text(bytes, KNOWN_BY));
                    }
                }
                return blobs;
            }, "SELECT * FROM " + table))).stream().flatMap(List::stream).toList());
        }
        return all;
    }

    public int remembered() {
        return seen.size();
    }

    /** How many of the remembered are in any file of the store, the database's log too. */
    public int found() throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.filter(path -> path.getFileName().toString().startsWith("naast.db")).toList()) {
                files.add(text(Files.readAllBytes(path), Integer.MAX_VALUE));
            }
        }
        return (int) seen.stream().filter(bytes -> files.stream().anyMatch(file -> file.contains(bytes))).count();
    }

    /** What does not fit a page lies in pieces; random bytes are known by their first forty. */
    private static String text(byte[] bytes, int most) {
        return new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.ISO_8859_1);
    }

    /** How many rows these tables hold together. */
    public static int rows(SqliteStore store, String... tables) throws Exception {
        int rows = 0;
        for (String table : tables) {
            rows += House.await(store.read(connection -> Sql.one(connection, row -> row.getInt(1), "SELECT COUNT(*) FROM " + table))).orElseThrow();
        }
        return rows;
    }
}
