package nl.naast.wire;

import nl.naast.platform.Problem;

/** A frame, or why it is none: malformed or too-large, with the request number where it could be read (else 0). */
public sealed interface Parsed<F> {
    record Good<F>(F frame) implements Parsed<F> {
    }

    record Bad<F>(int n, Problem problem) implements Parsed<F> {
    }
}
