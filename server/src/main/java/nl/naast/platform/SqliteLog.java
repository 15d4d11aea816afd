package nl.naast.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which commits are on the disk. SQLite would ask the disk within each ({@code synchronous=FULL}), but the driver's library is built with {@code fsync} only, which writes the inode of the log as well; here it is
 * {@code fdatasync}, right after the commit and before anybody is told. In between the commit can be read already, so who read waits too: nobody is told what a power cut would take back.
 */
final class SqliteLog implements AutoCloseable {
    /** Asks for the disk's word. */
    interface Disk extends AutoCloseable {
        /** Comes back when all that was written to the log before lies on the disk. */
        void settle() throws IOException;

        @Override
        void close() throws IOException;
    }

    private final Disk disk;
    private long begun;
    private long settled;
    private boolean failed;

    SqliteLog(Disk disk) {
        this.disk = disk;
    }

    /** The log beside a database that is open: it is there, and the same file, as long as a connection is. */
    static Disk beside(Path database) throws IOException {
        try (FileChannel directory = FileChannel.open(database.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true); // the log's name
        }
        FileChannel log = FileChannel.open(database.resolveSibling(database.getFileName() + "-wal"), StandardOpenOption.WRITE);
        return new Disk() {
            @Override
            public void settle() throws IOException {
                log.force(false);
            }

            @Override
            public void close() throws IOException {
                log.close();
            }
        };
    }

    /** Before a commit. Fails with {@link StoreBusy} once the disk refused one: what it lost then, a later "yes" does not bring back. */
    synchronized void begin() {
        look();
        begun++;
    }

    /** After a commit, or after one that failed. Fails as {@link #begin()}. */
    void settle() {
        boolean there = false;
        try {
            disk.settle();
            there = true;
        } catch (IOException refused) {
            // Told by look(), to this one and to all that come after.
        } finally {
            ended(there);
        }
        look();
    }

    private synchronized void ended(boolean there) {
        failed |= !there;
        settled = begun;
        notifyAll();
    }

    /** After a reading: what it may have seen is on the disk. Fails as {@link #begin()}. */
    synchronized void await() throws InterruptedException {
        long seen = begun;
        while (settled < seen) {
            wait();
        }
        look();
    }

    private synchronized void look() {
        if (failed) {
            throw new StoreBusy("the disk did not take the log: nothing is told until the store is opened again");
        }
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
