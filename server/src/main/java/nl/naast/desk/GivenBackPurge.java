package nl.naast.desk;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import nl.naast.platform.Purge;

/** Which conversations left a desk lies in its lease, which lives far longer: the sweep takes them out in their time, whether or not anybody uses the lease again. */
record GivenBackPurge(Leases leases) implements Purge {
    @Override
    public String name() {
        return "conversation given back";
    }

    @Override
    public String table() {
        return "desk_lease";
    }

    @Override
    public Duration kept() {
        return Lease.SHOWN;
    }

    @Override
    public Future<Integer> purge(LocalDate today, int limit) {
        return leases.forgetGivenBack(limit);
    }
}
