package nl.naast.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The least that "durable" costs: one thread appends what has come in meanwhile to a file, asks the disk once for all of it (fdatasync), and then tells those who wait, on their own event loop. */
final class AppendLog {
    /** Begins anew then: the disk of whoever measures is not to run full. */
    private static final long LARGEST = 256 << 20;

    private record Entry(byte[] bytes, Context context, Runnable stored) {
    }

    private final FileChannel file;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();

    private AppendLog(FileChannel file) {
        this.file = file;
    }

    static AppendLog at(Path path) {
        try {
            AppendLog log = new AppendLog(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            Thread.ofPlatform().name("append-log").daemon(true).start(log::work);
            return log;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @param stored is called on the caller's event loop */
    void append(String text, Runnable stored) {
        queue.add(new Entry(text.getBytes(StandardCharsets.UTF_8), Vertx.currentContext(), stored));
    }

    private void work() {
        List<Entry> group = new ArrayList<>();
        try {
            while (true) {
                group.clear();
                group.add(queue.take());
                queue.drainTo(group);
                write(group);
                // All sockets of the relay have one event loop: it is woken once for the group.
                List<Entry> told = List.copyOf(group);
                told.getFirst().context().runOnContext(now -> told.forEach(entry -> entry.stored().run()));
            }
        } catch (IOException | InterruptedException end) {
            throw new IllegalStateException("the log of the relay failed", end);
        }
    }

    private void write(List<Entry> group) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(group.stream().mapToInt(entry -> Integer.BYTES + entry.bytes().length).sum());
        group.forEach(entry -> bytes.putInt(entry.bytes().length).put(entry.bytes()));
        bytes.flip();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
        if (file.position() > LARGEST) {
            file.truncate(0);
        }
    }
}
