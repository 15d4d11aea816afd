package nl.naast.audit;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** An append-only trail in which each line names the hash of the line before it: a line that is changed or taken out of the middle shows. The oldest lines expire. */
public interface AuditTrail {
    /** @param minute when it was written, whole minutes */
    record Line(long number, Instant minute, AuditEvent event) {
    }

    /** Completes when the line is stored. */
    Future<Void> add(AuditEvent event);

    /** @return at the most {@code limit} lines after {@code number}, in order, none of them expired */
    Future<List<Line>> after(long number, int limit);

    /** @return true when every line that is left names the line before it */
    Future<Boolean> intact();
}
