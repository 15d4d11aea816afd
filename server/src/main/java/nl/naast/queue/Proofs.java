package nl.naast.queue;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nl.naast.access.StaffId;
import nl.naast.conversation.Guest.Purpose;

/** What proves to a visitor's client who an expert is. Answered by the capability that keeps statements. */
public interface Proofs {
    /** Signed statement, signed roster and revocations, as their bytes (formats.md). */
    record Proof(byte[] statement, byte[] roster, List<byte[]> revocations) {
    }

    /**
     * What visitors are given of everybody, as it stood at one moment.
     *
     * @param change   another number whenever anything of it may be another
     * @param roster   the newest; empty: none holds
     * @param believed experts who have a proof
     * @param revoked  experts of whom a signer revoked a statement
     * @param coordinators who have a proof as such
     */
    record Papers(long change, Optional<byte[]> roster, List<byte[]> revocations, Predicate<StaffId> believed, Predicate<StaffId> revoked, Predicate<StaffId> coordinators) {
    }

    Future<Papers> papers();

    /** @return the current proof, or empty when she has no valid statement */
    Future<Optional<Proof>> proofOf(StaffId staff);

    /** The same of a coordinator, who looks along; nobody, where there are none. */
    default Future<Optional<Proof>> proofOfCoordinator(StaffId staff) {
        return Future.succeededFuture(Optional.empty());
    }

    /** What proves who a guest is: as what she was called for. */
    default Future<Optional<Proof>> proofOf(StaffId staff, Purpose purpose) {
        return purpose == Purpose.LOOK ? proofOfCoordinator(staff) : proofOf(staff);
    }
}
