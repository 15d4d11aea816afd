package nl.naast.boot;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import nl.naast.house.Peer;

/** One side of a conversation that sends as the pages do: one envelope on its way at a time, and the same one again, with the same id, while the server is busy or after the socket went. */
final class Outbox implements AutoCloseable {
    /** Sends one envelope. */
    interface Sending {
        JsonObject sent(String id) throws Exception;
    }

    /** How often the server did not take what was sent. */
    final AtomicInteger again = new AtomicInteger();
    private final Sending sending;
    private final BooleanSupplier connecting;
    private final Map<Long, String> acknowledged = new ConcurrentSkipListMap<>();
    private final FutureTask<Void> task;
    private volatile boolean closing;
    /** Given up, whatever is on its way. */
    private volatile boolean given;
    /** While nothing can be stored: whatever is asked and answered in this time must not be told as done. */
    private volatile boolean down;

    /** @param connecting tries to connect anew. @return whether it is */
    Outbox(Sending sending, BooleanSupplier connecting) {
        this.sending = sending;
        this.connecting = connecting;
        this.task = new FutureTask<>(this::run, null);
        Thread.ofPlatform().start(task);
    }

    private void run() {
        while (!closing) {
            String id = Peer.id();
            while (!given && !stored(id)) {
                // The same once more.
            }
        }
    }

    private boolean stored(String id) {
        try {
            boolean before = down;
            JsonObject answer = sending.sent(id);
            if (!"stored".equals(answer.getString("t"))) {
                check("busy".equals(answer.getString("code")), "neither stored nor busy: " + answer);
                again.incrementAndGet();
                return false;
            }
            check(!before || !down, "told as stored while the database was away");
            check(id.equals(answer.getString("id")) && acknowledged.put(answer.getLong("seq"), id) == null, "another envelope's answer: " + answer);
            return true;
        } catch (Peer.Gone gone) {
            again.incrementAndGet();
            connect();
            return false;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void connect() {
        while (!given && !connecting.getAsBoolean()) {
            LockSupport.parkNanos(200_000_000L);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    void down(boolean now) {
        down = now;
    }

    /** @return whether it still runs; throws what it failed with */
    boolean runs() throws Exception {
        if (task.state() != Future.State.RUNNING) {
            task.get();
            return false;
        }
        return true;
    }

    Map<Long, String> acknowledged() {
        return new TreeMap<>(acknowledged);
    }

    /** Waits for the answer to what is on its way. */
    void end() throws Exception {
        closing = true;
        task.get();
    }

    @Override
    public void close() {
        closing = true;
        given = true;
    }
}
