package nl.naast.keys;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import nl.naast.canon.Certificate;

/** A certificate that lies in the folder: {@code N-until-DATE.certificate}, one line of base64url. */
record Issued(int number, Certificate certificate) {
    static String name(int number, Certificate certificate) {
        return number + "-until-" + day(certificate) + ".certificate";
    }

    /** The day on which it ends, by UTC. */
    static LocalDate day(Certificate certificate) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(certificate.notAfter()), ZoneOffset.UTC);
    }

    boolean ended(Instant now) {
        return certificate.notAfter() <= now.getEpochSecond();
    }
}
