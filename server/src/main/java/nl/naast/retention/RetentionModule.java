package nl.naast.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.naast.audit.AuditEvent.Destroyed;
import nl.naast.audit.AuditTrail;
import nl.naast.platform.Clock;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.Purge;
import nl.naast.platform.Store;

/**
 * The door of forgetting. What was destroyed is counted in the log after each sweep, and in the audit trail once a day, also when it was nothing: a receipt for each sweep would tell for a year at which minute
 * conversations had ended.
 */
public final class RetentionModule {
    /** Soon after the start: what expired while nothing ran does not lie longer for it. */
    private static final long FIRST_MS = 2_000;
    private static final int BATCH = 500;

    private final Vertx vertx;
    private final AuditTrail audit;
    private final Clock clock;
    private final Sweep sweep;
    private final Map<String, Integer> unwritten = new TreeMap<>();
    private LocalDate receipted;
    private Future<?> sweeping = Future.succeededFuture();
    private long timer = -1;

    public RetentionModule(Vertx vertx, Store store, Clock clock, AuditTrail audit, List<Purge> purges) {
        this.vertx = vertx;
        this.audit = audit;
        this.clock = clock;
        this.sweep = new Sweep(purges, store::checkpoint, clock, BATCH);
        this.receipted = today();
    }

    /** Sweeps soon, and then each time so much has passed. */
    public void start(Duration every) {
        timer = vertx.setPeriodic(FIRST_MS, every.toMillis(), id -> sweep().onFailure(failed -> Log.say(LogCode.SWEEP_FAILED, failed)));
    }

    /** No further sweep begins. Completes when the one that is on its way has ended, after its present batch. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        sweep.stop();
        return running().otherwiseEmpty().mapEmpty();
    }

    private synchronized Future<?> running() {
        return sweeping;
    }

    /** Sweeps now; while another one runs it does nothing. @return how many of each kind were destroyed, by the names of docs/retention.md */
    public synchronized Future<Map<String, Integer>> sweep() {
        if (!sweeping.isComplete()) {
            return Future.succeededFuture(Map.of());
        }
        Future<Map<String, Integer>> swept = sweep.run().compose(counts -> receipt(counts).map(counts));
        sweeping = swept;
        return swept;
    }

    /** At the first sweep of a day: what was destroyed since the last one, as far as this process did it. */
    private Future<Void> receipt(Map<String, Integer> counts) {
        counts.forEach((name, count) -> unwritten.merge(name, count, Integer::sum));
        LocalDate today = today();
        if (today.equals(receipted)) {
            return Future.succeededFuture();
        }
        return audit.add(new Destroyed(unwritten)).onSuccess(written -> {
            receipted = today;
            unwritten.clear();
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
    }
}
