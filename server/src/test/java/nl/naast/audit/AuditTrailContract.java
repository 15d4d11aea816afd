package nl.naast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.naast.audit.AuditEvent.Deed;
import nl.naast.audit.AuditEvent.Destroyed;
import nl.naast.audit.AuditTrail.Line;
import nl.naast.platform.Clock;
import nl.naast.platform.Wrap;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link AuditTrail} promises, whatever keeps it. */
abstract class AuditTrailContract extends Contract {
    static final Duration KEPT = Duration.ofDays(365);

    private AuditTrail port;

    abstract AuditTrail open(Wrap wrap, Clock clock, Duration kept) throws Exception;

    /** Changes a stored line behind the trail's back. */
    abstract void forge(long number) throws Exception;

    @BeforeEach
    final void trail() throws Exception {
        port = open(wrap, clock, KEPT);
    }

    @Test
    @DisplayName("lines come back whole and in order, by the page")
    final void order() throws Exception {
        List<AuditEvent> events = List.of(new Deed(Optional.of(id()), "suspended", Optional.of(id())), new Destroyed(Map.of("envelope", 3)), new Deed(Optional.empty(), "renewed", Optional.empty()));
        clock.move(Duration.ofSeconds(17));
        for (AuditEvent event : events) {
            done(port.add(event));
        }
        List<Line> lines = done(port.after(0, 10));
        assertEquals(events, lines.stream().map(Line::event).toList());
        assertEquals(0, lines.getFirst().minute().getEpochSecond() % 60, "whole minutes");
        assertEquals(lines.subList(1, 2), done(port.after(lines.getFirst().number(), 1)));
        assertTrue(done(port.intact()));
    }

    // seen failing: with the hash of the line before read outside of the write
    @Test
    @DisplayName("fifty lines at once make one chain")
    final void atOnce() throws Exception {
        atOnce(50, i -> port.add(new Destroyed(Map.of("envelope", i))));
        assertEquals(50, done(port.after(0, 100)).size());
        assertTrue(done(port.intact()));
    }

    // seen failing: with the hash of the line before left out of what is compared
    @Test
    @DisplayName("a line that was changed shows")
    final void forged() throws Exception {
        for (int i = 0; i < 3; i++) {
            done(port.add(new Destroyed(Map.of("envelope", i))));
        }
        forge(done(port.after(0, 10)).get(1).number());
        assertEquals(false, done(port.intact().otherwise(false)));
    }

    @Test
    @DisplayName("the expired are not read; the chain of the rest is whole")
    final void expired() throws Exception {
        done(port.add(new Destroyed(Map.of())));
        clock.move(KEPT.minus(Duration.ofMinutes(1)));
        done(port.add(new Destroyed(Map.of("envelope", 1))));
        clock.move(Duration.ofMinutes(1));
        assertEquals(List.of(new Destroyed(Map.of("envelope", 1))), done(port.after(0, 10)).stream().map(Line::event).toList());
        assertTrue(done(port.intact()));
    }
}
