package nl.naast.canon;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client checks of a statement, a roster and revocations, in Java and in the order of docs/formats.md §5: says whether what the server hands on would be believed. In test code, because the
 * server's own opinion would protect nobody.
 */
public final class ProofCheck {
    public enum Verdict { BELIEVED, REFUSED_ROSTER, REFUSED_STATEMENT }

    private static final long GRACE_SECONDS = 3_600;
    private final byte[] root;
    private final long now;
    private long least;
    private long seen;
    private byte[] seenBytes;

    /** @param now seconds since 1970 */
    public ProofCheck(byte[] root, long now) {
        this.root = root;
        this.now = now;
    }

    public void atLeast(long rosterVersion) {
        least = Math.max(least, rosterVersion);
    }

    public Verdict check(byte[] statement, byte[] rosterBytes, List<byte[]> revocations) {
        Roster roster;
        try {
            roster = roster(rosterBytes);
        } catch (Malformed refused) {
            return Verdict.REFUSED_ROSTER;
        }
        try {
            checkStatement(Signed.parse(statement), roster, valid(roster), revocations.stream().map(Revocation::parse).toList());
            return Verdict.BELIEVED;
        } catch (Malformed refused) {
            return Verdict.REFUSED_STATEMENT;
        }
    }

    private Roster roster(byte[] bytes) {
        Signed signed = Signed.parse(bytes);
        Roster roster = Roster.parse(signed.unsigned());
        Reader.check(roster.signers().stream().allMatch(signer -> signer.issuedBy(root)) && signed.byTwoOf(valid(roster)));
        checkDates(roster.issuedAt(), roster.validUntil());
        Reader.check(roster.version() >= Math.max(least, seen) && (roster.version() != seen || java.util.Arrays.equals(seenBytes, signed.unsigned())));
        seen = roster.version();
        seenBytes = signed.unsigned();
        return roster;
    }

    private List<Certificate> valid(Roster roster) {
        return roster.signers().stream().filter(signer -> now < signer.notAfter()).toList();
    }

    private void checkStatement(Signed signed, Roster roster, List<Certificate> signers, List<Revocation> revocations) {
        Statement statement = Statement.parse(signed.unsigned());
        Reader.check(signed.byTwoOf(signers) && roster.statements().contains(statement.hash()));
        checkDates(statement.notBefore(), statement.notAfter());
        Set<Hash> revoked = new HashSet<>();
        revocations.stream().filter(revocation -> good(revocation, signers)).forEach(good -> revoked.add(good.what().statement()));
        Reader.check(!revoked.contains(statement.hash()));
        Reader.check(revocations.stream().allMatch(any -> good(any, signers) || !any.what().statement().equals(statement.hash())));
    }

    private static boolean good(Revocation revocation, List<Certificate> signers) {
        return signers.stream().anyMatch(signer -> signer.hash().equals(revocation.signer())
            && P256.verify(signer.key(), revocation.what().encode(), revocation.signature()));
    }

    private void checkDates(long from, long until) {
        Reader.check(from <= now + GRACE_SECONDS && now < until);
    }
}
