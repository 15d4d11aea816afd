package nl.naast.queue;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;

/** What proves to a visitor's client who an expert is. Answered by the capability that keeps statements. */
public interface Proofs {
    /** Signed statement, signed roster and revocations, as their bytes (formats.md). */
    record Proof(byte[] statement, byte[] roster, List<byte[]> revocations) {
    }

    /** @return the current proof, or empty when she has no valid statement */
    Future<Optional<Proof>> proofOf(StaffId staff);

    /** Every revocation that still matters: for her who waits again because of one. */
    Future<List<byte[]>> revocations();
}
