package nl.naast.platform;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The embedded store: one SQLite file, one process, one writer thread. WAL, every commit on the disk before it is told ({@link SqliteLog}), {@code secure_delete=ON}: what is deleted is overwritten, and gone from the file after {@link #checkpoint()}.
 */
public final class SqliteStore implements Store {
    static final String FILE = "naast.db";
    private static final int MOST_READS = 10_000;

    private final AtomicInteger reads = new AtomicInteger();

    private final Path directory;
    private final FileChannel lock;
    private final Connection writing;
    private final Connection reading;
    private final SqliteLog log;
    private final SqliteWriter writer;
    private final WorkerExecutor reader;

    private SqliteStore(Vertx vertx, Path directory, FileChannel lock, Connection writing, Connection reading, SqliteLog log) {
        this.directory = directory;
        this.lock = lock;
        this.writing = writing;
        this.reading = reading;
        this.log = log;
        this.writer = new SqliteWriter(vertx, writing, log);
        this.reader = vertx.createSharedWorkerExecutor("store-reader-" + System.identityHashCode(this), 1);
    }

    /**
     * Opens (and makes or migrates) the store in a directory.
     *
     * @throws StoreRefused when another process holds it, or it was written by a newer program; says so in words
     */
    public static SqliteStore open(Vertx vertx, Path directory, List<Migration> migrations) {
        return open(vertx, directory, migrations, SqliteLog::beside);
    }

    interface Disks {
        SqliteLog.Disk of(Path database) throws IOException;
    }

    static SqliteStore open(Vertx vertx, Path directory, List<Migration> migrations, Disks disks) {
        try {
            makeDirectory(directory);
            FileChannel lock = lock(directory);
            Connection writing = connect(directory.resolve(FILE));
            new SqliteSchema(migrations).bring(writing);
            Connection reading = connect(directory.resolve(FILE));
            SqliteLog log = new SqliteLog(disks.of(directory.resolve(FILE)));
            set(writing, "synchronous=NORMAL"); // from here on the log asks the disk
            return new SqliteStore(vertx, directory, lock, writing, reading, log);
        } catch (IOException | SQLException failed) {
            throw new StoreRefused("the store in " + directory + " cannot be opened: " + failed.getMessage());
        }
    }

    /** For its owner only; one that is there stays as it is. */
    static void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve("naast.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // The same answer as for another process.
        }
        channel.close();
        throw new StoreRefused("the store in " + directory + " is in use by another process: stop that one, or give --data another directory");
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = new SqliteConnection(file);
        // What is undone, and the pages a message touches, stay in memory; the log is moved into the file every 32 MiB, and emptied by checkpoint() as ever.
        set(connection, "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "busy_timeout=5000", "temp_store=MEMORY", "cache_size=-16384", "wal_autocheckpoint=8192");
        return connection;
    }

    private static void set(Connection connection, String... pragmas) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                statement.execute("PRAGMA " + pragma);
            }
        }
    }

    /** One atomic unit of work. Completes when it is on the disk; fails with {@link StoreBusy} when it is not known to be stored. */
    public <T> Future<T> write(SqlWork<T> work) {
        return writer.write(work);
    }

    /** As {@link #write}, for what nobody waits for: its commit is the next one's, or comes a few milliseconds later. */
    public <T> Future<T> writeSoon(SqlWork<T> work) {
        return writer.writeSoon(work);
    }

    /** To be told what became of each write; at start only. */
    public void tell(Settled listener) {
        writer.tell(listener);
    }

    /** Reads what is committed, off the event loop, answers on the caller's context. Fails with {@link StoreBusy} when {@value #MOST_READS} wait already. */
    public <T> Future<T> read(SqlWork<T> work) {
        if (reads.incrementAndGet() > MOST_READS) {
            reads.decrementAndGet();
            return Future.failedFuture(new StoreBusy("too many reads wait"));
        }
        return reader.executeBlocking(() -> {
            T answer = work.run(reading);
            log.await();
            return answer;
        }, true).onComplete(done -> reads.decrementAndGet());
    }

    @Override
    public Future<Boolean> answers() {
        return read(connection -> connection.isValid(1));
    }

    /**
     * Moves the log into the file and empties it: afterwards nothing deleted is left in either. The reader's thread waits while the writer's does it, so neither of them is in its way, however busy they are; what
     * may be is a foreign program that reads the file (a backup).
     *
     * @return fails with {@link StoreBusy} when something was in the way for five seconds, or the store is closing
     */
    @Override
    public Future<Void> checkpoint() {
        return reader.executeBlocking(() -> {
            try {
                return writer.alone(SqliteStore::emptyLog).toCompletionStage().toCompletableFuture().get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof StoreBusy busy ? busy : new StoreBusy("the checkpoint failed");
            }
        }, true);
    }

    private static Void emptyLog(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (row.getInt(1) != 0) {
                throw new StoreBusy("the checkpoint found somebody reading the file");
            }
            return null;
        }
    }

    @Override
    public Purge purge(String name, String table, Duration kept) {
        return new SqlitePurge(this, name, table, kept);
    }

    @Override
    public String name() {
        return "SQLite, " + directory.resolve(FILE);
    }

    /** Finishes the writes that were queued, then lets the file go. */
    @Override
    public void close() {
        try {
            writer.stop();
            reader.close().toCompletionStage().toCompletableFuture().join();
            reading.close();
            writing.close();
            log.close();
            lock.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException | SQLException closing) {
            throw new StoreRefused("the store could not be closed cleanly");
        }
    }
}
