package nl.naast.platform;

import java.time.Instant;

/** Time as an argument: whatever expires takes a clock, so that a test can move it. */
@FunctionalInterface
public interface Clock {
    Instant now();

    static Clock system() {
        return Instant::now;
    }
}
