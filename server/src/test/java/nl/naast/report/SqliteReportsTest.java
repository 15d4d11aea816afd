package nl.naast.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reports, in SQLite")
class SqliteReportsTest extends ReportsContract {
    private SqliteStore store;

    @Override
    Reports open(Wrap wrap, Clock clock) {
        store = sqlite(ReportModule.migration(1));
        return new SqliteReports(store, wrap, clock, RULES);
    }

    @Override
    List<byte[]> sealed() throws Exception {
        return done(store.read(connection -> Sql.list(connection, row -> row.getBytes(1), "SELECT sealed FROM report")));
    }

    // seen failing: with the version left out of the place that a row is sealed for, it opened
    @Test
    @DisplayName("an older row put back under the newer number, or under another id, does not open: no answer is taken back")
    void putBack() throws Exception {
        Report report = report(talk(), 100, anna, bea);
        Report other = report(talk(), 100, anna, bea);
        done(port.add(report));
        done(port.add(other));
        byte[] before = sealed(report);
        assertTrue(done(port.change(report.answered(anna, new Answer(random(10), random(100)), clock.now(), RULES))));
        put(report, before);
        assertTrue(forged(report));
        put(other, before);
        assertTrue(forged(other));
    }

    private boolean forged(Report report) throws Exception {
        Future<Boolean> opened = port.find(report.id()).map(false).recover(failed -> Future.succeededFuture(failed instanceof Wrap.Forged));
        return done(opened);
    }

    private byte[] sealed(Report report) throws Exception {
        return done(store.read(connection -> Sql.one(connection, row -> row.getBytes(1), "SELECT sealed FROM report WHERE id = ?", (Object) report.id().id().bytes()))).orElseThrow();
    }

    private void put(Report report, byte[] sealed) throws Exception {
        done(store.write(connection -> Sql.update(connection, "UPDATE report SET sealed = ? WHERE id = ?", sealed, report.id().id().bytes())));
    }
}
