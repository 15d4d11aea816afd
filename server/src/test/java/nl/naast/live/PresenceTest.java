package nl.naast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import nl.naast.house.MovableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private final MovableClock clock = new MovableClock();

    @Test
    @DisplayName("anybody can invent a capability: only so many are remembered, and who is asked for again and again is never pushed out")
    void bounded() {
        // seen failing: with a plain ConcurrentHashMap
        Presence presence = new Presence(clock, 100);
        presence.heard("she");
        clock.move(Duration.ofSeconds(20));
        for (int i = 0; i < 1_000; i++) {
            presence.heard(i);
            if (i % 50 == 0) {
                assertEquals(Duration.ofSeconds(20), presence.silence("she"));
            }
        }
        assertTrue(presence.size() <= 100);
    }

    @Test
    @DisplayName("what was not heard for two hours is forgotten")
    void forgets() {
        Presence presence = new Presence(clock);
        presence.heard("she");
        clock.move(Duration.ofMinutes(121));
        presence.forget();
        assertEquals(0, presence.size());
    }
}
