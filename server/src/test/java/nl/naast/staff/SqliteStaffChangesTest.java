package nl.naast.staff;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Further passkeys, resets and who is available, in SQLite")
class SqliteStaffChangesTest extends StaffChangesContract {
    @Override
    StaffStores open(Wrap wrap, Clock clock) {
        return StaffStores.sqlite(sqlite(StaffModule.migration(1), StaffModule.resets(2)), wrap, clock);
    }
}
