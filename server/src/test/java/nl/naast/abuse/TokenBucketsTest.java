package nl.naast.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import nl.naast.house.MovableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Token buckets")
class TokenBucketsTest {
    private final MovableClock clock = new MovableClock();

    @Test
    @DisplayName("a burst, then so many a second, each caller for herself")
    void rate() {
        TokenBuckets buckets = new TokenBuckets(2, 3, 10, clock);
        assertTrue(buckets.take("a") && buckets.take("a") && buckets.take("a"));
        assertFalse(buckets.take("a"));
        assertTrue(buckets.take("b"));
        clock.move(Duration.ofMillis(500));
        assertTrue(buckets.take("a"));
        assertFalse(buckets.take("a"));
    }

    // seen failing: without removeEldestEntry
    @Test
    @DisplayName("no more are kept than was said, however many callers are invented; the one used longest ago goes first")
    void bounded() {
        TokenBuckets buckets = new TokenBuckets(1, 1, 2, clock);
        assertTrue(buckets.take("a"));
        assertTrue(buckets.take("b"));
        assertFalse(buckets.take("a"));
        assertTrue(buckets.take("c"));
        assertEquals(2, buckets.size());
        assertFalse(buckets.take("a"), "used a moment ago, so it was kept");
        for (int i = 0; i < 1_000; i++) {
            buckets.take("invented " + i);
        }
        assertEquals(2, buckets.size());
    }
}
