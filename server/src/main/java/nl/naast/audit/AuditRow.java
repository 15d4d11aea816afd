package nl.naast.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import nl.naast.canon.Hash;
import nl.naast.platform.Wrap;

/** A line as it is stored: number and expiry day (days since 1970) in clear, everything else sealed. */
record AuditRow(long number, long expiryDay, byte[] sealed) {
    AuditCodec open(Wrap wrap) {
        return AuditCodec.decode(wrap.open("audit", sealed));
    }

    /** What the next line names. */
    byte[] hash() {
        return Hash.of(ByteBuffer.allocate(16 + sealed.length).putLong(number).putLong(expiryDay).put(sealed).array()).bytes();
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
