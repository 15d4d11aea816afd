package nl.naast.queue;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Measured waits, in SQLite")
class SqliteWaitsTest extends WaitsContract {
    @Override
    Waits open(Wrap wrap, Clock clock) {
        return new SqliteWaits(sqlite(QueueModule.migration(1)), wrap, clock);
    }
}
