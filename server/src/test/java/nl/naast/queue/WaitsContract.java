package nl.naast.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import nl.naast.support.Contract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link Waits} promises, whatever keeps them. */
abstract class WaitsContract extends Contract {
    abstract Waits open(Wrap wrap, Clock clock) throws Exception;

    @Test
    @DisplayName("the newest come first, no more than asked for, and none that has expired")
    final void newest() throws Exception {
        Waits port = open(wrap, clock);
        for (int i = 1; i <= 5; i++) {
            done(port.add(new Measured(i % 2 == 0 ? "ar" : "nl", i, clock.now().plus(Duration.ofHours(i)))));
        }
        assertEquals(List.of(5, 4, 3), done(port.newest(3)).stream().map(Measured::minutes).toList());
        assertEquals(new Measured("nl", 5, clock.now().plus(Duration.ofHours(5))), done(port.newest(1)).getFirst());
        clock.move(Duration.ofHours(3));
        assertEquals(List.of(5, 4), done(port.newest(10)).stream().map(Measured::minutes).toList());
    }

    // seen failing: in the order of the id, which is text
    @Test
    @DisplayName("the twelfth comes after the ninth")
    final void beyondNine() throws Exception {
        Waits port = open(wrap, clock);
        for (int i = 1; i <= 12; i++) {
            done(port.add(new Measured("nl", i, clock.now().plus(Duration.ofHours(1)))));
        }
        assertEquals(List.of(12, 11, 10, 9), done(port.newest(4)).stream().map(Measured::minutes).toList());
    }

    @Test
    @DisplayName("a hundred added at once are a hundred")
    final void atOnce() throws Exception {
        Waits port = open(wrap, clock);
        atOnce(100, i -> port.add(new Measured("nl", i, clock.now().plus(Duration.ofDays(7)))));
        assertEquals(4950, done(port.newest(1000)).stream().mapToInt(Measured::minutes).sum());
    }
}
