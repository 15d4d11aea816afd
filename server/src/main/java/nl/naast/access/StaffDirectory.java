package nl.naast.access;

import io.vertx.core.Future;
import java.util.Optional;

/** Who somebody on the staff is. Implemented by the capability that knows people. */
public interface StaffDirectory {
    /** @return empty when there is no such person, or she is suspended: these look alike */
    Future<Optional<StaffMember>> find(StaffId id);
}
