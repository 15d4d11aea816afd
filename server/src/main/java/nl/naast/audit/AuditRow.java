package nl.naast.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import nl.naast.platform.Wrap;

/** A line as it is stored: number and expiry day (days since 1970) in clear, everything else sealed. */
record AuditRow(long number, long expiryDay, byte[] sealed) {
    AuditCodec open(Wrap wrap) {
        return AuditCodec.decode(wrap.open("audit", sealed));
    }

    /** What the next line names. */
    byte[] hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(16).putLong(number).putLong(expiryDay).array());
            return digest.digest(sealed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is in every JDK", impossible);
        }
    }

    /** @return whether each line names the one before it. @param rows in order */
    static boolean chained(List<AuditRow> rows, Wrap wrap) {
        byte[] before = null;
        for (AuditRow row : rows) {
            if (before != null && !Arrays.equals(before, row.open(wrap).before())) {
                return false;
            }
            before = row.hash();
        }
        return true;
    }
}
