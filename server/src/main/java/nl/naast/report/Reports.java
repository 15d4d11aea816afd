package nl.naast.report;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Purge;

/** Where reports are kept. What has expired is never answered, also when the sweep stands still. */
interface Reports {
    /** {@code THERE}: the id is taken, by this report or another. {@code FULL}: as many of its conversation lie here as may. */
    enum Added { ADDED, THERE, FULL }

    Future<Added> add(Report report);

    Future<Optional<Report>> find(ReportId id);

    /** Those with a box to her, in no particular order. */
    Future<List<Report>> of(StaffId coordinator);

    /** @param report as it follows on what was read; @return false when somebody was faster */
    Future<Boolean> change(Report report);

    Purge purge();
}
