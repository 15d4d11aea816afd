package nl.naast.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import nl.naast.platform.Purge;

/** Measured waits. */
interface Waits {
    Future<Void> add(Measured wait);

    /** @return the newest {@code limit} that have not expired, newest first */
    Future<List<Measured>> newest(int limit);

    /** @param kept how long the measurer lets each live */
    Purge purge(Duration kept);
}
