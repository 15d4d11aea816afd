package nl.naast.desk;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import nl.naast.access.StaffId;
import nl.naast.platform.Purge;

/** Where desk leases are kept: one for each expert. */
interface Leases {
    /** @param before as it stood, without a desk when there was none */
    record Changed(Lease before, Lease after) {
    }

    Future<Optional<Lease>> find(StaffId staff);

    /** Those of these members of staff who have one. */
    Future<List<Lease>> of(Set<StaffId> staff);

    /**
     * Reads, asks the rule and writes in one conditional write; asks again when somebody was faster. Writes nothing when the rule answers what it was given.
     *
     * @param rule pure; gets {@link Lease#none} when there is no row
     */
    Future<Changed> change(StaffId staff, UnaryOperator<Lease> rule);

    /** Takes what was given back longer ago than it is shown out of at the most {@code limit} leases; there is one for each expert. @return how many conversations that were; fewer than {@code limit}: none is left */
    Future<Integer> forgetGivenBack(int limit);

    /** @param kept how long a lease is kept after its last use */
    Purge purge(Duration kept);
}
