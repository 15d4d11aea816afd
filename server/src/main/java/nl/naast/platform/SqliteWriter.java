package nl.naast.platform;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that owns the one writing connection and commits in groups: what has queued up while the last commit was on its way goes into the next transaction; a unit that fails undoes nothing of the others. A future
 * completes when the commit is on the disk, on its caller's context, so "stored" means stored ({@link SqliteLog}).
 */
final class SqliteWriter {
    private static final int GROUP = 256;
    private static final int QUEUE = 10_000;

    /** So long a write that has time waits for one that has none, to go with it: each commit costs the disk as much as the last. */
    private static final long PATIENCE_NANOS = 4_000_000;
    /** A group of so many says that more are on their way. */
    private static final int BUSY = 8;
    private static final long GATHER_NANOS = 300_000;
    private static final long LOOK_NANOS = 20_000;

    private enum Manner {
        /** In the next group. */
        AT_ONCE,
        /** With the next that goes at once, or after {@link #PATIENCE_NANOS}. */
        SOON,
        /** Outside any transaction, between two groups. */
        ALONE
    }

    private record Unit<T>(SqlWork<T> work, Promise<T> promise, Manner manner) {
        boolean alone() {
            return manner == Manner.ALONE;
        }
    }

    /** What a unit answered, kept until the group's commit. */
    private record Done(Runnable tell) {
    }

    private static final Unit<?> STOP = new Unit<>(connection -> null, Promise.promise(), Manner.AT_ONCE);

    private final Vertx vertx;
    private final Connection connection;
    private final SqliteLog log;
    private final BlockingQueue<Unit<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Settled> settled = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    SqliteWriter(Vertx vertx, Connection connection, SqliteLog log) {
        this.vertx = vertx;
        this.connection = connection;
        this.log = log;
        this.thread = Thread.ofPlatform().name("store-writer").daemon(false).start(this::work);
    }

    /** @return completes after the commit; fails with {@link StoreBusy} when the queue is full or the commit failed, with the work's own exception when that failed */
    <T> Future<T> write(SqlWork<T> work) {
        return write(work, Manner.AT_ONCE);
    }

    /** As {@link #write}, for what nobody waits for: it goes with the next write, or a few milliseconds later by itself. */
    <T> Future<T> writeSoon(SqlWork<T> work) {
        return write(work, Manner.SOON);
    }

    private <T> Future<T> write(SqlWork<T> work, Manner manner) {
        Promise<T> promise = vertx.getOrCreateContext() instanceof io.vertx.core.internal.ContextInternal context ? context.promise() : Promise.promise();
        return enqueue(new Unit<>(work, promise, manner));
    }

    /** Outside any transaction, while nothing else is written: for what SQLite does not do inside one. Completes on the writer's own thread. */
    <T> Future<T> alone(SqlWork<T> work) {
        return enqueue(new Unit<>(work, Promise.promise(), Manner.ALONE));
    }

    private <T> Future<T> enqueue(Unit<T> unit) {
        if (stopped || !queue.offer(unit)) {
            unit.promise().tryFail(new StoreBusy("the store takes no more writes now"));
        }
        return unit.promise().future();
    }

    void tell(Settled listener) {
        settled.add(listener);
    }

    /** Finishes what was queued, then ends the thread. */
    void stop() throws InterruptedException {
        stopped = true;
        queue.put(STOP);
        thread.join();
    }

    private void work() {
        List<Unit<?>> group = new ArrayList<>();
        boolean last = false;
        while (!last) {
            try {
                collect(group);
            } catch (InterruptedException interrupted) {
                return;
            }
            last = group.remove(STOP);
            List<Unit<?>> alone = group.stream().filter(Unit::alone).toList();
            group.removeAll(alone);
            if (!group.isEmpty()) {
                commit(group);
            }
            alone.forEach(this::carryOutAlone);
        }
    }

    /** @param group the last one; becomes the next */
    private void collect(List<Unit<?>> group) throws InterruptedException {
        gather(group.size());
        group.clear();
        group.add(queue.take());
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (group.getLast().manner() == Manner.SOON && group.size() < GROUP) {
            Unit<?> next = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            group.add(next);
        }
        queue.drainTo(group, GROUP - group.size());
    }

    /** Where many write, the next group is worth a moment: as many again are on their way, and together they touch fewer pages. */
    private void gather(int last) {
        long until = System.nanoTime() + GATHER_NANOS;
        while (last >= BUSY && queue.size() < last && System.nanoTime() < until) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void commit(List<Unit<?>> group) {
        List<Done> done = new ArrayList<>(group.size());
        try {
            if (!together(group, done)) {
                apart(group, done);
            }
            toDisk();
        } catch (SQLException | StoreBusy notCommitted) {
            rollBack();
            group.forEach(unit -> unit.promise().tryFail(new StoreBusy("the commit failed")));
            return;
        }
        settled.forEach(Settled::committed);
        done.forEach(SqliteWriter::tell);
    }

    private void toDisk() throws SQLException {
        log.begin();
        try {
            execute("COMMIT");
        } finally {
            log.settle();
        }
    }

    /** One that fails is seldom, and a savepoint for each costs as much as a write: first all without. @return whether none failed; else nothing was changed */
    private boolean together(List<Unit<?>> group, List<Done> done) throws SQLException {
        execute("BEGIN IMMEDIATE");
        try {
            for (Unit<?> unit : group) {
                done.add(answered(unit));
            }
            return true;
        } catch (SQLException | RuntimeException | Error failed) { // whose fault it was, and what it is told, comes out the second time
            rollBack();
            done.clear();
            return false;
        }
    }

    /** Each in a savepoint of its own, so that those that fail undo nothing of the others. */
    private void apart(List<Unit<?>> group, List<Done> done) throws SQLException {
        execute("BEGIN IMMEDIATE");
        for (Unit<?> unit : group) {
            done.add(carryOut(unit));
        }
    }

    private <T> Done answered(Unit<T> unit) throws SQLException {
        T answer = unit.work().run(connection);
        return new Done(() -> unit.promise().tryComplete(answer));
    }

    private static void tell(Done done) {
        try {
            done.tell().run();
        } catch (RejectedExecutionException callerIsGone) {
            // The caller's Vert.x was closed meanwhile. The write stands all the same.
        }
    }

    private <T> Done carryOut(Unit<T> unit) throws SQLException {
        execute("SAVEPOINT unit");
        try {
            Done done = answered(unit);
            execute("RELEASE unit");
            return done;
        } catch (SQLException | RuntimeException | Error failed) { // an Error too: this thread must live for the others
            execute("ROLLBACK TO unit");
            execute("RELEASE unit");
            settled.forEach(Settled::undone);
            return new Done(() -> unit.promise().tryFail(failed));
        }
    }

    private <T> void carryOutAlone(Unit<T> unit) {
        try {
            unit.promise().tryComplete(unit.work().run(connection));
        } catch (SQLException | RuntimeException | Error failed) { // as in carryOut
            unit.promise().tryFail(failed);
        }
    }

    private void rollBack() {
        settled.forEach(Settled::undone);
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            // SQLite rolls back by itself on a full disk and on I/O errors; then there is nothing to roll back.
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
