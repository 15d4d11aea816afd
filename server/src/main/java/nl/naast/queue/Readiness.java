package nl.naast.queue;

import io.vertx.core.Future;
import nl.naast.access.StaffId;

/** Whether an expert may take somebody at all. Implemented by the capability that knows what she must have for it. */
@FunctionalInterface
public interface Readiness {
    Future<Boolean> ready(StaffId staff);
}
