package nl.naast.vault;

import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Vaults, in SQLite")
class SqliteVaultsTest extends VaultsContract {
    @Override
    Vaults open(Wrap wrap, Clock clock) {
        return new SqliteVaults(sqlite(VaultModule.migration(1)), wrap, clock, RULES);
    }
}
