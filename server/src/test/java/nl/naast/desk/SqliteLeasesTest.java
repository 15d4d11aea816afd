package nl.naast.desk;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Desk leases, in SQLite")
class SqliteLeasesTest extends LeasesContract {
    @Override
    Leases open(Wrap wrap, Clock clock) {
        return new SqliteLeases(sqlite(DeskModule.migration(1)), wrap, clock);
    }
}
