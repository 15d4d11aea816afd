package nl.naast.report;

import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

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
}
