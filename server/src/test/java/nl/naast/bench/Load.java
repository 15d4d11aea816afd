package nl.naast.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What loads the servers: one event loop for all clients, so that the servers have the most of two cores. */
final class Load implements AutoCloseable {
    private static final long ACK_EVERY_MS = 500;
    private static final long ACK_STEP_MS = 5;
    private static final int CONNECTIONS = 20_000;

    /** What happened between two looks at it. */
    record Closed(long messages, double seconds, double cpu) {
        double perSecond() {
            return messages / seconds;
        }

        double cpuPerThousand() {
            return cpu * 1000 / messages;
        }
    }

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    private final WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(CONNECTIONS));
    private final AtomicReference<String> wrong = new AtomicReference<>();
    private volatile long messages;
    private boolean running;

    Load() {
        context.exceptionHandler(failed -> wrong(failed.toString()));
        vertx.exceptionHandler(failed -> wrong(failed.toString()));
    }

    WebSocketClient client() {
        return client;
    }

    void wrong(String what) {
        wrong.compareAndSet(null, what);
    }

    /** Each pair sends its next message as soon as the last one is done. @param warm seconds that do not count */
    Closed closedLoop(Under server, double warm, double seconds) throws Exception {
        List<Pair> pairs = server.pairs();
        long acks = onLoop(() -> {
            running = true;
            pairs.forEach(pair -> pair.on(() -> next(pair), nanos -> { }));
            pairs.forEach(Pair::send);
            return acks(pairs);
        });
        sleep(warm);
        long count = messages;
        double cpu = server.program().cpu();
        long at = System.nanoTime();
        sleep(seconds);
        Closed result = new Closed(messages - count, (System.nanoTime() - at) / 1e9, server.program().cpu() - cpu);
        quiet(pairs, acks);
        return result;
    }

    /** As the closed loop, but nobody says that she needs anything no more, so everything stays. @return how many messages */
    long unacknowledged(Under server, double seconds) throws Exception {
        List<Pair> pairs = server.pairs();
        long before = messages;
        onLoop(() -> {
            running = true;
            pairs.forEach(pair -> pair.on(() -> next(pair), nanos -> { }));
            pairs.forEach(Pair::send);
            return null;
        });
        sleep(seconds);
        quiet(pairs);
        return messages - before;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    private void next(Pair pair) {
        messages++;
        if (running) {
            pair.send();
        }
    }

    /** So many messages a second, whatever became of those before, one pair after the other. @return nanoseconds from sent to delivered, in order of size */
    long[] openLoop(Under server, int perSecond, double warm, double seconds) throws Exception {
        List<Pair> pairs = server.pairs();
        int due = (int) (perSecond * (warm + seconds));
        Times times = new Times(due, (int) (perSecond * warm));
        long acks = onLoop(() -> {
            pairs.forEach(pair -> pair.on(() -> { }, times::add));
            long begun = System.nanoTime();
            vertx.setPeriodic(1, timer -> {
                for (; times.sent < due && System.nanoTime() - begun >= times.sent * 1_000_000_000L / perSecond; times.sent++) {
                    pairs.get(times.sent % pairs.size()).send();
                }
                if (times.sent == due) {
                    vertx.cancelTimer(timer);
                }
            });
            return acks(pairs);
        });
        sleep(warm + seconds + 0.5);
        quiet(pairs, acks);
        return onLoop(times::sorted);
    }

    private static final class Times {
        private final long[] nanos;
        private final int from;
        private int count;
        private int sent;

        Times(int room, int from) {
            this.nanos = new long[room];
            this.from = from;
        }

        void add(long took) {
            nanos[count++] = took;
        }

        long[] sorted() {
            long[] counted = Arrays.copyOfRange(nanos, from, count);
            Arrays.sort(counted);
            return counted;
        }
    }

    /** Acknowledgements of all ends, spread over the half second. @return the timer's id */
    private long acks(List<Pair> pairs) {
        int steps = (int) (ACK_EVERY_MS / ACK_STEP_MS);
        int[] step = {0};
        return vertx.setPeriodic(ACK_STEP_MS, timer -> {
            for (int end = step[0]++ % steps; end < 2 * pairs.size(); end += steps) {
                pairs.get(end / 2).ack(end % 2);
            }
        });
    }

    /** Lets what is on its way arrive, and the acknowledgements too. */
    private void quiet(List<Pair> pairs, long acks) throws Exception {
        quiet(pairs);
        Thread.sleep(2 * ACK_EVERY_MS);
        onLoop(() -> vertx.cancelTimer(acks));
    }

    private void quiet(List<Pair> pairs) throws Exception {
        onLoop(() -> running = false);
        for (int i = 0; !onLoop(() -> pairs.stream().allMatch(Pair::quiet)); i++) {
            if (i > 200) {
                throw new IllegalStateException("messages were lost on the way");
            }
            sleep(0.05);
        }
    }

    void sleep(double seconds) throws Exception {
        Thread.sleep((long) (seconds * 1000));
        if (wrong.get() != null) {
            throw new IllegalStateException("not what is measured: " + wrong.get());
        }
    }

    <T> T onLoop(java.util.concurrent.Callable<T> what) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(now -> {
            try {
                result.complete(what.call());
            } catch (Exception failed) {
                result.completeExceptionally(failed);
            }
        });
        return result.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
