package nl.naast.retention;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import nl.naast.platform.Clock;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.Purge;

/** Destroys what has expired, kind after kind in bounded batches, and then empties the store's log: what was overwritten in the file would lie in there still. */
final class Sweep {
    private final List<Purge> purges;
    private final Supplier<Future<Void>> checkpoint;
    private final Clock clock;
    private final int batch;
    private volatile boolean stopped;

    /** @param batch the most rows destroyed in one write: other writes wait for no more than that */
    Sweep(List<Purge> purges, Supplier<Future<Void>> checkpoint, Clock clock, int batch) {
        this.purges = List.copyOf(purges);
        this.checkpoint = checkpoint;
        this.clock = clock;
        this.batch = batch;
    }

    /** @return how many of each kind, by the names of docs/retention.md; a kind that fails is logged and left for the next time, and hinders no other */
    Future<Map<String, Integer>> run() {
        LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
        Map<String, Integer> counts = new TreeMap<>();
        Future<Void> all = Future.succeededFuture();
        for (Purge purge : purges) {
            all = all.compose(before -> batches(purge, today, counts)).recover(failed -> later(purge.name(), failed));
        }
        return all.compose(done -> stopped ? Future.succeededFuture() : checkpoint.get().recover(failed -> later("checkpoint", failed))).map(done -> report(counts));
    }

    /** The batch that is on its way is the last; what is left has its time after the next start. */
    void stop() {
        stopped = true;
    }

    private Future<Void> batches(Purge purge, LocalDate today, Map<String, Integer> counts) {
        return stopped ? Future.succeededFuture() : purge.purge(today, batch).compose(destroyed -> {
            if (destroyed > 0) {
                counts.merge(purge.name(), destroyed, Integer::sum);
            }
            return destroyed < batch ? Future.succeededFuture() : batches(purge, today, counts);
        });
    }

    private static Future<Void> later(String what, Throwable failed) {
        Log.say(LogCode.SWEEP_LEFT, what, failed);
        return Future.succeededFuture();
    }

    private static Map<String, Integer> report(Map<String, Integer> counts) {
        if (!counts.isEmpty()) {
            Log.say(LogCode.SWEPT, counts);
        }
        return counts;
    }
}
