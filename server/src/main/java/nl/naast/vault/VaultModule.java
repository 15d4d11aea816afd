package nl.naast.vault;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nl.naast.abuse.RateLimit;
import nl.naast.access.ProvedActs;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffDirectory;
import nl.naast.access.StaffId;
import nl.naast.access.StaffStopped;
import nl.naast.access.TokenHash;
import nl.naast.platform.Clock;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** The door of the staff's vaults. */
public final class VaultModule implements StaffStopped {
    /** The row of docs/retention.md. */
    static final String TALKS = "conversation in a vault";

    private final Vaults vaults;
    private final VaultRoutes routes;
    private final List<Purge> purges;

    /**
     * @param writes how often one person may write
     * @param staff  everybody who is on the staff now
     */
    public VaultModule(Store store, Wrap wrap, Clock clock, VaultRules rules, RateLimit writes, StaffDirectory directory, ProvedActs proofs, Supplier<Future<Set<StaffId>>> staff) {
        this.vaults = switch (store) {
            case SqliteStore sqlite -> new SqliteVaults(sqlite, wrap, clock, rules);
            case MongoStore mongo -> new MongoVaults(mongo, wrap, clock, rules);
        };
        this.routes = new VaultRoutes(vaults, new PutItem(vaults, directory, proofs, rules), writes, rules);
        this.purges = List.of(vaults.purge(), new LeftBehind(vaults, staff));
    }

    public static Migration migration(int number) {
        return new Migration(number, "vault", SqliteVaults.SCHEMA);
    }

    public static MongoTables tables() {
        return MongoVaultRows.tables();
    }

    public void mount(StaffApiRoutes api) {
        routes.mount(api);
    }

    /** The rows of docs/retention.md that are this package's. */
    public List<Purge> purges() {
        return purges;
    }

    /** Whoever is suspended, or begins anew after a reset, leaves nothing behind. What is lost here with the process is done by the next sweep. */
    @Override
    public void stopped(StaffId who, Optional<TokenHash> session, Why why) {
        if (why == Why.SUSPENDED) {
            vaults.destroy(vaults.tag(who)).onFailure(failed -> Log.say(LogCode.VAULT_LEFT, failed));
        }
    }
}
