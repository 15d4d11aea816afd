package nl.naast.trust;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Statements, roster and revocations, in MongoDB")
class MongoLedgersTest extends LedgersContract {
    @Override
    Ledgers open(Wrap wrap, Clock clock) throws Exception {
        return new MongoLedgers(mongo(TrustModule.tables()), wrap, clock);
    }
}
