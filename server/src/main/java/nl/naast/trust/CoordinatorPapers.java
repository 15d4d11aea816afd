package nl.naast.trust;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.canon.Hash;

/**
 * What visitors are given of the coordinators, as it stood at one moment.
 *
 * @param roster  the newest, as signed; empty: none, or it has run out, and nobody is served
 * @param revoked statements that a signer revoked
 */
public record CoordinatorPapers(Optional<byte[]> roster, List<byte[]> revocations, List<Served> served, Set<Hash> revoked) {
    /** @param statement as signed */
    public record Served(StaffId who, Hash hash, byte[] statement) {
    }

    static CoordinatorPapers of(Ledger ledger) {
        return new CoordinatorPapers(ledger.roster().map(Ledger.SignedRoster::bytes), ledger.revocations().stream().map(Ledger.SignedRevocation::bytes).toList(),
            ledger.readers().stream().map(entry -> new Served(entry.who(), entry.hash(), entry.bytes())).toList(), ledger.revocations().stream().map(Ledger.SignedRevocation::about).collect(Collectors.toSet()));
    }
}
