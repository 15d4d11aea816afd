package nl.naast.keys;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import nl.naast.canon.Certificate;

/** A certificate that lies in the folder: {@code N-until-DATE.certificate}, one line of base64url; a second one of that day for another key has {@code -2} behind the date. */
record Issued(int number, String file, Certificate certificate) {
    /** @param again 1, or which one of those that end on one day */
    static String name(int number, Certificate certificate, int again) {
        return number + "-until-" + day(certificate) + (again == 1 ? "" : "-" + again) + ".certificate";
    }

    /** The day on which it ends, by UTC. */
    static LocalDate day(Certificate certificate) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(certificate.notAfter()), ZoneOffset.UTC);
    }

    boolean ended(Instant now) {
        return certificate.notAfter() <= now.getEpochSecond();
    }
}
