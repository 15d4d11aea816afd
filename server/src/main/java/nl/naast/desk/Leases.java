package nl.naast.desk;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nl.naast.access.StaffId;

/** Where desk leases are kept: one for each expert. */
interface Leases {
    /** @param before as it stood, without a desk when there was none */
    record Changed(Lease before, Lease after) {
    }

    Future<Optional<Lease>> find(StaffId staff);

    /**
     * Reads, asks the rule and writes in one conditional write; asks again when somebody was faster. Writes nothing when the rule answers what it was given.
     *
     * @param rule pure; gets {@link Lease#none} when there is no row
     */
    Future<Changed> change(StaffId staff, UnaryOperator<Lease> rule);
}
