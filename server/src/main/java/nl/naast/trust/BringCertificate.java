package nl.naast.trust;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.canon.Malformed;
import nl.naast.canon.P256;
import nl.naast.platform.Clock;
import nl.naast.platform.Problem;
import nl.naast.trust.Ledger.Brought;
import nl.naast.trust.Ledgers.Decided;

/** A coordinator brings the certificate that the organisation root made for the key in her vault. */
final class BringCertificate {
    /** As many as a roster carries. */
    private static final int MOST = 16;

    private final Ledgers ledgers;
    private final Signers signers;
    private final Clock clock;

    BringCertificate(Ledgers ledgers, Signers signers, Clock clock) {
        this.ledgers = ledgers;
        this.signers = signers;
        this.clock = clock;
    }

    /** Refused: malformed (form, key); not-allowed (of another root, run out, or brought by somebody else); limit. */
    Future<Deed<Void>> bring(StaffId by, byte[] bytes) {
        return parse(bytes).map(certificate -> ledgers.change(ledger -> decide(ledger, by, certificate))).orElse(Future.succeededFuture(Deed.refused(Problem.MALFORMED)));
    }

    private static Optional<Certificate> parse(byte[] bytes) {
        try {
            return Optional.of(Certificate.parse(bytes)).filter(certificate -> P256.isPoint(certificate.key()));
        } catch (Malformed no) {
            return Optional.empty();
        }
    }

    private Decided<Deed<Void>> decide(Ledger ledger, StaffId by, Certificate certificate) {
        if (!certificate.issuedBy(signers.root()) || certificate.notAfter() <= clock.now().getEpochSecond()) {
            return Decided.stay(Deed.refused(Problem.NOT_ALLOWED));
        }
        Optional<Brought> had = ledger.pending().certificates().stream().filter(each -> each.certificate().hash().equals(certificate.hash())).findFirst();
        if (had.isPresent()) {
            return Decided.stay(had.get().by().equals(by) ? Deed.before(null) : Deed.refused(Problem.NOT_ALLOWED));
        }
        // Those of a root that was replaced are in nobody's way.
        List<Brought> kept = ledger.pending().certificates().stream().filter(each -> each.certificate().issuedBy(signers.root())).toList();
        return kept.size() >= MOST ? Decided.stay(Deed.refused(Problem.LIMIT))
            : Decided.to(ledger.with(Stream.concat(kept.stream(), Stream.of(new Brought(by, certificate))).toList()), Deed.done(null, "brought-certificate", Optional.of(by)));
    }
}
