package nl.naast.staff;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("People, invitations, sessions and challenges, in SQLite")
class SqliteStaffStoresTest extends StaffStoresContract {
    @Override
    StaffStores open(Wrap wrap, Clock clock) {
        return StaffStores.sqlite(sqlite(StaffModule.migration(1), StaffModule.resets(2)), wrap, clock);
    }
}
