package nl.naast.trust;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import nl.naast.platform.Purge;
import nl.naast.trust.Ledgers.Decided;

/** Writes the ledger without what has expired of one kind, if there is any. */
record LedgerPurge(Ledgers ledgers, String name, Duration kept, UnaryOperator<Ledger> without) implements Purge {
    static final String TABLE = "trust_ledger";

    /** @param kept the longest life of a statement, of the revocation that stands in for it, and of a statement that is only proposed */
    static List<Purge> all(Ledgers ledgers, Duration kept) {
        return List.of(new LedgerPurge(ledgers, "statement", kept, all -> all.withoutStatements(ledgers.clock().now())), new LedgerPurge(ledgers, "revocation", kept, all -> all.withoutRevocations(ledgers.clock().now())),
            new LedgerPurge(ledgers, "what waits for signatures", kept, all -> all.withoutPending(ledgers.clock().now())));
    }

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Future<Integer> purge(LocalDate today, int limit) {
        return ledgers.changeAll(all -> {
            Ledger left = without.apply(all);
            int over = all.size() - left.size();
            return over == 0 ? Decided.stay(0) : Decided.to(left, over);
        });
    }
}
