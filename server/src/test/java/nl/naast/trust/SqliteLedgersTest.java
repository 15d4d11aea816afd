package nl.naast.trust;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Statements, roster and revocations, in SQLite")
class SqliteLedgersTest extends LedgersContract {
    @Override
    Ledgers open(Wrap wrap, Clock clock) {
        return new SqliteLedgers(sqlite(TrustModule.migration(1)), wrap, clock);
    }
}
