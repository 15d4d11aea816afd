package nl.naast.trust;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;

/** Where statements, roster and revocations are kept. */
interface Ledgers {
    /**
     * A new roster, and what changes with it.
     *
     * @param seen        version of the roster before it
     * @param added       takes the place of its person's older statement
     * @param revocations of the withdrawn statements named beside them, which go
     */
    record Step(long seen, Ledger.SignedRoster roster, Optional<Ledger.Entry> added, List<Revoked> revocations) {
    }

    record Revoked(Ledger.Entry entry, Ledger.SignedRevocation revocation) {
    }

    /** Nothing expired is in it. */
    Future<Ledger> read();

    /** All or nothing. @return false, and nothing changed, when somebody else made a newer roster meanwhile */
    Future<Boolean> step(Step step);

    /** From now on her statement is not served. @return false when she has none */
    Future<Boolean> withdraw(StaffId who);
}
