package nl.naast.queue;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Measured waits, in MongoDB")
class MongoWaitsTest extends WaitsContract {
    @Override
    Waits open(Wrap wrap, Clock clock) throws Exception {
        return new MongoWaits(mongo(QueueModule.tables()), wrap, clock);
    }
}
