package nl.naast.audit;

import java.time.Duration;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.Migration;
import nl.naast.platform.MongoStore;
import nl.naast.platform.MongoTables;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Store;
import nl.naast.platform.Wrap;

/** The door of the audit trail. */
public final class AuditModule {
    private final AuditTrail trail;
    private final List<Purge> purges;

    /** @param kept how long a line is kept */
    public AuditModule(Store store, Wrap wrap, Clock clock, Duration kept) {
        switch (store) {
            case SqliteStore sqlite -> {
                SqliteAuditTrail kind = new SqliteAuditTrail(sqlite, wrap, clock, kept);
                this.trail = kind;
                this.purges = List.of(kind.purge());
            }
            case MongoStore mongo -> {
                MongoAuditTrail kind = new MongoAuditTrail(mongo, wrap, clock, kept);
                this.trail = kind;
                this.purges = List.of(kind.purge());
            }
        }
    }

    public static Migration migration(int number) {
        return new Migration(number, "audit", SqliteAuditTrail.SCHEMA);
    }

    public static MongoTables tables() {
        return MongoAuditTrail.tables();
    }

    public AuditTrail trail() {
        return trail;
    }

    public List<Purge> purges() {
        return purges;
    }
}
