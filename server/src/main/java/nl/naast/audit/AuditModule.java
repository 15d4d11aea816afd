package nl.naast.audit;

import java.time.Duration;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.Migration;
import nl.naast.platform.Purge;
import nl.naast.platform.SqliteStore;
import nl.naast.platform.Wrap;

/** The door of the audit trail. */
public final class AuditModule {
    private final SqliteAuditTrail trail;

    /** @param kept how long a line is kept */
    public AuditModule(SqliteStore store, Wrap wrap, Clock clock, Duration kept) {
        this.trail = new SqliteAuditTrail(store, wrap, clock, kept);
    }

    public static Migration migration(int number) {
        return new Migration(number, "audit", SqliteAuditTrail.SCHEMA);
    }

    public AuditTrail trail() {
        return trail;
    }

    public List<Purge> purges() {
        return List.of(trail.purge());
    }
}
