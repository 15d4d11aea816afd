package nl.naast.trust;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.canon.Hash;

/**
 * Everything the signing is about, as it stood at one moment.
 *
 * @param version    of the newest roster, 0 before the first; whoever changes anything names the version it saw
 * @param roster     the newest, unless it has expired
 * @param statements those that have not expired, the withdrawn too
 */
record Ledger(long version, Optional<SignedRoster> roster, List<Entry> statements, List<SignedRevocation> revocations) {
    /** @param bytes as signed */
    record SignedRoster(byte[] bytes, Instant issuedAt, Instant validUntil) {
    }

    /**
     * A statement about somebody.
     *
     * @param bytes     as signed
     * @param withdrawn its person was suspended: never served again; it goes as soon as its revocation is signed
     */
    record Entry(StaffId who, byte[] bytes, Hash hash, Instant notAfter, boolean withdrawn) {
    }

    /** @param expiresAt when the statement it is about would have ended */
    record SignedRevocation(byte[] bytes, Instant expiresAt) {
    }

    Optional<Entry> of(StaffId who) {
        return statements.stream().filter(entry -> entry.who().equals(who) && !entry.withdrawn()).findFirst();
    }

    List<Entry> withdrawn() {
        return statements.stream().filter(Entry::withdrawn).toList();
    }

    /** What a roster lists once {@code added} has taken the place of its person's older statement; ascending, each once. */
    List<Hash> hashesWith(Optional<Entry> added) {
        return java.util.stream.Stream.concat(statements.stream().filter(entry -> !entry.withdrawn() && added.filter(a -> a.who().equals(entry.who())).isEmpty()), added.stream())
            .map(Entry::hash).distinct().sorted().toList();
    }
}
