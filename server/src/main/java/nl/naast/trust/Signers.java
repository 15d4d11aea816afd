package nl.naast.trust;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.canon.Hash;
import nl.naast.canon.P256;
import nl.naast.canon.Signed;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Brought;
import nl.naast.trust.Ledger.Given;

/**
 * Whose signatures are taken. It comes on top: whom to believe is decided by the clients, from the root compiled into them. What is refused here no client would believe anyway, or came from another's session.
 *
 * @param root the organisation's public root, an uncompressed point
 */
record Signers(byte[] root) {
    /** Certificates of this root that have not run out. */
    List<Certificate> certified(Ledger ledger) {
        return ledger.pending().certificates().stream().map(Brought::certificate).filter(certificate -> certificate.issuedBy(root)).toList();
    }

    /** Her own, whatever else is certified. */
    Optional<Certificate> hers(Ledger ledger, StaffId who, Hash signer) {
        return ledger.pending().certificates().stream().filter(each -> each.by().equals(who)).map(Brought::certificate).filter(each -> each.hash().equals(signer) && each.issuedBy(root)).findFirst();
    }

    /**
     * Adds a signature to those that are there.
     *
     * @return all that count then; the same as before when this very one is among them. Refused: not-allowed (not certified, run out, another's), malformed (not her signature of these bytes), not-now (she, or whoever has her key or
     *     name, has signed)
     */
    Outcome<List<Given>> added(Ledger ledger, List<Given> had, Given given, byte[] unsigned) {
        Optional<Certificate> certificate = hers(ledger, given.by(), given.one().signer());
        if (certificate.isEmpty()) {
            return Outcome.refused(Problem.NOT_ALLOWED);
        }
        if (!P256.verify(certificate.get().key(), unsigned, given.one().signature())) {
            return Outcome.refused(Problem.MALFORMED);
        }
        List<Given> counted = had.stream().filter(each -> hers(ledger, each.by(), each.one().signer()).isPresent()).toList();
        if (counted.stream().anyMatch(each -> same(each, given))) {
            return Outcome.done(counted);
        }
        boolean twice = counted.stream().anyMatch(each -> each.by().equals(given.by()) || samePerson(hers(ledger, each.by(), each.one().signer()).orElseThrow(), certificate.get()));
        return twice ? Outcome.refused(Problem.NOT_NOW) : Outcome.done(Stream.concat(counted.stream(), Stream.of(given)).toList());
    }

    private static boolean same(Given one, Given other) {
        return one.by().equals(other.by()) && one.one().signer().equals(other.one().signer()) && Arrays.equals(one.one().signature(), other.one().signature());
    }

    private static boolean samePerson(Certificate one, Certificate other) {
        return one.hash().equals(other.hash()) || one.nameHash().equals(other.nameHash()) || Arrays.equals(one.key(), other.key());
    }

    /** Those bytes with two signatures, if there are two; a form that clients would not take is none. */
    Optional<byte[]> signed(Ledger ledger, List<Given> given, byte[] unsigned) {
        Signed form = new Signed(unsigned, given.stream().map(Given::one).toList());
        return given.size() >= 2 && form.byTwoOf(certified(ledger)) ? Optional.of(form.encode()) : Optional.empty();
    }
}
