package nl.naast.live;

import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads a view again when it may have changed: one reading at a time, once more when something happened meanwhile, and never a result that is older than what was said in between. On the connection's own context
 * only.
 */
final class Refresher<V> {
    private final Supplier<Future<V>> read;
    private final Consumer<V> show;
    private boolean reading;
    private boolean again;
    private boolean failed;
    private int generation;

    Refresher(Supplier<Future<V>> read, Consumer<V> show) {
        this.read = read;
        this.show = show;
    }

    void refresh() {
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        int begun = generation;
        read.get().onComplete(done -> {
            reading = false;
            failed = done.failed();
            boolean overtaken = begun != generation;
            if (done.succeeded() && !overtaken) {
                show.accept(done.result());
            }
            if (again || overtaken) {
                again = false;
                refresh();
            }
        });
    }

    /** To be called now and then: reads again what could not be read the last time. */
    void retry() {
        if (failed) {
            refresh();
        }
    }

    /** A newer view was said by other means: a reading that is under way is worth nothing. */
    void overtake() {
        generation++;
    }
}
