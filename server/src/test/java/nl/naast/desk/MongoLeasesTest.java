package nl.naast.desk;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Desk leases, in MongoDB")
class MongoLeasesTest extends LeasesContract {
    @Override
    Leases open(Wrap wrap, Clock clock) throws Exception {
        return new MongoLeases(mongo(DeskModule.tables()), wrap, clock);
    }
}
