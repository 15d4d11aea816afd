package nl.naast.platform;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;

/** One kind of thing that expires, as the sweep of package {@code retention} sees it. */
public interface Purge {
    /** The row of docs/retention.md that this carries out. */
    String name();

    /** Where these things lie. */
    String table();

    /** How long the longest lived of them lies, as docs/retention.md says it for this row; a test holds the two together. */
    Duration kept();

    /**
     * Destroys at the most {@code limit} things whose expiry day lies before {@code today} (UTC). Repeatable.
     *
     * @return how many were destroyed; fewer than {@code limit} means: nothing is left
     */
    Future<Integer> purge(LocalDate today, int limit);
}
