package nl.naast.house;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import nl.naast.platform.Clock;

/**
 * Stands still until it is moved. It begins where nobody's clock is yet: a MongoDB destroys by the machine's own clock whatever has been over for a day, and would take a test's documents away under it from the day on which
 * the two clocks meet.
 */
public final class MovableClock implements Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2100-11-25T20:00:00Z"));

    @Override
    public Instant now() {
        return now.get();
    }

    public void move(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

}
