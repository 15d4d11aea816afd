package nl.naast.audit;

import java.time.Duration;
import nl.naast.house.House;
import nl.naast.platform.Clock;
import nl.naast.platform.Sql;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The audit trail, in SQLite")
class SqliteAuditTrailTest extends AuditTrailContract {
    private SqliteStore store;

    @Override
    AuditTrail open(Wrap wrap, Clock clock, Duration kept) {
        store = sqlite(AuditModule.migration(1));
        return new SqliteAuditTrail(store, wrap, clock, kept);
    }

    /** Another line's sealed facts in its place: they open, but are not what the next line names. */
    @Override
    void forge(long number) throws Exception {
        House.await(store.write(connection -> Sql.update(connection, "UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE number = ?) WHERE number = ?", number - 1, number)));
    }
}
