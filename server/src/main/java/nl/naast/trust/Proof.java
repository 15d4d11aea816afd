package nl.naast.trust;

import java.util.List;

/** What a visitor's client checks before it believes somebody: a signed statement, the signed roster of today, and every revocation that still matters (docs/formats.md). */
public record Proof(byte[] statement, byte[] roster, List<byte[]> revocations) {
    public Proof {
        revocations = List.copyOf(revocations);
    }
}
