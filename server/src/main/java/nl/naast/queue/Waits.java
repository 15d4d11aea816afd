package nl.naast.queue;

import io.vertx.core.Future;
import java.util.List;

/** Measured waits. */
interface Waits {
    Future<Void> add(Measured wait);

    /** @return the newest {@code limit} that have not expired, newest first */
    Future<List<Measured>> newest(int limit);
}
