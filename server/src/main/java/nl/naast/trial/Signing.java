package nl.naast.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.Revocation;
import nl.naast.canon.Roster;
import nl.naast.canon.Signed;
import nl.naast.canon.Statement;

/**
 * What the trial signers sign: canonical statements and rosters with both, revocations with one. Whatever else is asked of them is {@link Refused} or
 * {@link nl.naast.canon.Malformed}: a signature here is never good for bytes that this class did not understand.
 */
final class Signing {
    /** A desk dates its statement an hour back, for visitors whose clock is slow; the other hour is for its own clock and for the way here, as in the server's own check. */
    private static final long GRACE_SECONDS = 7_200;

    /** Canonical, but not to be signed: dates that are not about now, or signers that are not these. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("refused", null, false, false);
        }
    }

    private final List<TrialSignerKey> signers;
    private final InstantSource clock;

    Signing(List<TrialSignerKey> signers, InstantSource clock) {
        this.signers = signers.stream().sorted(Comparator.comparing(signer -> signer.certificate().hash())).toList();
        this.clock = clock;
    }

    static Signing load(Path directory, InstantSource clock) throws IOException {
        return new Signing(List.of(TrialSignerKey.load(directory, 1), TrialSignerKey.load(directory, 2)), clock);
    }

    /** The certificates that a roster must carry, in its order. */
    List<Certificate> certificates() {
        return signers.stream().map(TrialSignerKey::certificate).toList();
    }

    byte[] statement(byte[] unsigned) {
        Statement statement = Statement.parse(unsigned);
        checkDates(statement.notBefore(), statement.notAfter());
        return byAll(unsigned);
    }

    byte[] roster(byte[] unsigned) {
        Roster roster = Roster.parse(unsigned);
        checkDates(roster.issuedAt(), roster.validUntil());
        check(hashes(roster.signers()).equals(hashes(certificates())));
        return byAll(unsigned);
    }

    byte[] revocation(byte[] unsigned) {
        Revocation.Unsigned what = Revocation.Unsigned.parse(unsigned);
        check(what.time() <= now() + GRACE_SECONDS);
        Signed.One one = signers.getFirst().sign(unsigned);
        return new Revocation(what, one.signer(), one.signature()).encode();
    }

    private byte[] byAll(byte[] unsigned) {
        return new Signed(unsigned, signers.stream().map(signer -> signer.sign(unsigned)).toList()).encode();
    }

    private void checkDates(long from, long until) {
        check(Math.abs(from - now()) <= GRACE_SECONDS && until > now());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new Refused();
        }
    }

    private static List<Hash> hashes(List<Certificate> certificates) {
        return certificates.stream().map(Certificate::hash).toList();
    }
}
