package nl.naast.support;

import java.time.Duration;
import java.time.Instant;
import nl.naast.platform.Clock;

/** A clock that a test moves. */
public final class MovedClock implements Clock {
    private volatile Instant now;

    public MovedClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant now() {
        return now;
    }

    public void move(Duration by) {
        now = now.plus(by);
    }
}
