package nl.naast.trust;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;

/**
 * What visitors are given of everybody, as it stood at one moment.
 *
 * @param change   another number whenever anything was written
 * @param roster   the newest, as signed; empty: none, or it has run out
 * @param believed experts who have a statement that is served
 * @param revoked  experts of whom a signer revoked one
 * @param coordinators who have a statement as such that is served
 */
public record Papers(long change, Optional<byte[]> roster, List<byte[]> revocations, Set<StaffId> believed, Set<StaffId> revoked, Set<StaffId> coordinators) {
    static Papers of(Ledger ledger) {
        return new Papers(ledger.change(), ledger.roster().map(Ledger.SignedRoster::bytes), ledger.revocations().stream().map(Ledger.SignedRevocation::bytes).toList(), ledger.experts(), ledger.revoked(),
            ledger.coordinators());
    }
}
