package nl.naast.staff;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("People, invitations, sessions and challenges, in MongoDB")
class MongoStaffStoresTest extends StaffStoresContract {
    @Override
    StaffStores open(Wrap wrap, Clock clock) throws Exception {
        return StaffStores.mongo(mongo(StaffModule.tables()), wrap, clock);
    }
}
