package nl.naast.audit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import nl.naast.platform.Clock;
import nl.naast.platform.MongoStore;
import nl.naast.platform.Wrap;
import org.bson.types.Binary;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The audit trail, in MongoDB")
class MongoAuditTrailTest extends AuditTrailContract {
    private MongoStore store;

    @Override
    AuditTrail open(Wrap wrap, Clock clock, Duration kept) throws Exception {
        store = mongo(AuditModule.tables());
        return new MongoAuditTrail(store, wrap, clock, kept);
    }

    /** Another line's sealed facts in its place: they open, but are not what the next line names. */
    @Override
    void forge(long number) throws Exception {
        byte[] other = done(store.first(() -> store.collection("audit").find(Filters.eq("_id", Long.toString(number - 1))))).map(found -> MongoStore.bytes(found, "sealed")).orElseThrow();
        done(store.first(() -> store.collection("audit").updateOne(Filters.eq("_id", Long.toString(number)), Updates.set("sealed", new Binary(other)))));
    }
}
