package nl.naast.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Reports, in MongoDB")
class MongoReportsTest extends ReportsContract {
    private MongoStore store;

    @Override
    Reports open(Wrap wrap, Clock clock) throws Exception {
        store = mongo(ReportModule.tables());
        return new MongoReports(store, wrap, clock, RULES);
    }

    @Override
    List<byte[]> sealed() throws Exception {
        return done(store.all(() -> store.collection("report").find())).stream().map(row -> row.getString("sealed").getBytes(StandardCharsets.UTF_8)).toList();
    }
}
