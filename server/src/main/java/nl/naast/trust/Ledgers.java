package nl.naast.trust;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.platform.Clock;

/** Where the ledger is kept: all of it in one piece, so that a change is there whole or not at all. */
interface Ledgers {
    /**
     * What a rule says.
     *
     * @param next the ledger that follows; empty: it stays as it is
     */
    record Decided<T>(T answer, Optional<Ledger> next) {
        static <T> Decided<T> stay(T answer) {
            return new Decided<>(answer, Optional.empty());
        }

        static <T> Decided<T> to(Ledger next, T answer) {
            return new Decided<>(answer, Optional.of(next));
        }
    }

    /** Nothing expired is in it. */
    Future<Ledger> read();

    /** As {@link #change}, but what the rule is given may hold what has expired: for the sweep. */
    <T> Future<T> changeAll(Function<Ledger, Decided<T>> rule);

    Clock clock();

    /**
     * Reads, asks the rule and writes in one conditional write; asks again when somebody was faster.
     *
     * @param rule pure; what it is given holds nothing expired, so that goes with any write
     */
    default <T> Future<T> change(Function<Ledger, Decided<T>> rule) {
        return changeAll(all -> rule.apply(all.at(clock().now())));
    }
}
