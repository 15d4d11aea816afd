package nl.naast.conversation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;

/** What a rule decided about one row: the answer, and, when something changes, the row that follows and the envelope that comes with it. */
record Step<T>(Outcome<T> outcome, Optional<Conversation> next, Optional<Stored<T>> envelope) {
    /**
     * An envelope with the time of its expiry, which the store seals in with it.
     *
     * @param repeated the answer when an envelope with this id already lies there, from its sequence number
     */
    record Stored<T>(Envelope envelope, Instant expiresAt, LongFunction<Outcome<T>> repeated) {
    }

    static <T> Step<T> refuse(Problem problem) {
        return new Step<>(Outcome.refused(problem), Optional.empty(), Optional.empty());
    }

    static <T> Step<T> stay(T answer) {
        return new Step<>(Outcome.done(answer), Optional.empty(), Optional.empty());
    }

    static <T> Step<T> to(Conversation next, T answer) {
        return new Step<>(Outcome.done(answer), Optional.of(next), Optional.empty());
    }
}
