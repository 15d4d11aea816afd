package nl.naast.platform;

import java.util.function.Function;

/** What a use case answers: the value, or a refusal with its one code. Failures that are nobody's decision (the store is busy, our own bug) are failed futures. */
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {
    }

    record Refused<T>(Problem problem) implements Outcome<T> {
    }

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Problem problem) {
        return new Refused<>(problem);
    }

    default <U> Outcome<U> map(Function<? super T, ? extends U> f) {
        return switch (this) {
            case Done<T>(T value) -> done(f.apply(value));
            case Refused<T>(Problem problem) -> refused(problem);
        };
    }
}
