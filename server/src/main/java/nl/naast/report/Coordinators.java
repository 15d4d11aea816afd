package nl.naast.report;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nl.naast.access.StaffId;
import nl.naast.canon.Hash;

/** Whom visitors may report to. Answered by the capability that keeps statements. */
public interface Coordinators {
    /** @param statement as signed: hers as a coordinator, as visitors are given it now */
    record Served(StaffId who, Hash hash, byte[] statement) {
    }

    /**
     * As it stood at one moment.
     *
     * @param roster  the newest; empty: none holds, and nobody is served
     * @param revoked whether a signer revoked the statement with this hash
     */
    record Papers(Optional<byte[]> roster, List<byte[]> revocations, List<Served> served, Predicate<Hash> revoked) {
        Optional<Served> of(StaffId who) {
            return served.stream().filter(each -> each.who().equals(who)).findFirst();
        }
    }

    Future<Papers> papers();
}
