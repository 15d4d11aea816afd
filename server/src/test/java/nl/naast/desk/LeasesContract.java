package nl.naast.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.ConversationId;
import nl.naast.desk.Lease.GivenBack;
import nl.naast.desk.Lease.Kept;
import nl.naast.desk.Leases.Changed;
import nl.naast.house.MlsBytes;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Purge;
import nl.naast.platform.Wrap;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link Leases} promises, whatever keeps them. */
abstract class LeasesContract extends Contract {
    private final StaffId staff = new StaffId(id());
    private final TokenHash session = new TokenHash(Base64Url.encode(MlsBytes.random(32)));
    private Leases port;
    private Instant expires;

    abstract Leases open(Wrap wrap, Clock clock) throws Exception;

    @BeforeEach
    final void leases() throws Exception {
        port = open(wrap, clock);
        expires = clock.now().plus(Duration.ofDays(90));
    }

    @Test
    @DisplayName("where there is none the rule gets none; what it answers is found, whole")
    final void change() throws Exception {
        assertTrue(done(port.find(staff)).isEmpty());
        DeskId desk = new DeskId(id());
        Changed changed = done(port.change(staff, lease -> lease.taken(desk, session, expires)));
        assertEquals(Lease.none(staff), changed.before());
        GivenBack given = new GivenBack(new ConversationId(id()), Lease.Left.RELEASED, clock.now());
        done(port.change(staff, lease -> lease.available(true).gaveBack(given).away(true)));
        Lease found = done(port.find(staff)).orElseThrow();
        assertEquals(desk, found.desk().orElseThrow());
        assertTrue(found.isOf(session));
        assertEquals(1, found.fence());
        assertTrue(found.wished());
        assertEquals(new Lease.Away(true, 1), found.away());
        assertEquals(List.of(given), found.givenBack());
        assertEquals(expires, found.expiresAt());
        assertTrue(done(port.find(new StaffId(id()))).isEmpty());
    }

    @Test
    @DisplayName("what may not go over to a newer desk, and why, is found again")
    final void kept() throws Exception {
        done(port.change(staff, lease -> lease.taken(new DeskId(id()), session, expires)));
        assertEquals(Kept.ALL, done(port.find(staff)).orElseThrow().kept());
        done(port.change(staff, lease -> lease.revoked(Again.REVOKED)));
        assertEquals(new Kept(2, Again.REVOKED), done(port.find(staff)).orElseThrow().kept());
    }

    // seen failing: with every lease answered
    @Test
    @DisplayName("those of several are found together, without who has none and without what has expired")
    final void several() throws Exception {
        StaffId other = new StaffId(id());
        StaffId none = new StaffId(id());
        done(port.change(staff, lease -> lease.taken(new DeskId(id()), session, expires)));
        done(port.change(other, lease -> lease.taken(new DeskId(id()), session, expires.plus(Duration.ofDays(1)))));
        done(port.change(new StaffId(id()), lease -> lease.taken(new DeskId(id()), session, expires)));
        assertEquals(Set.of(staff, other), done(port.of(Set.of(staff, other, none))).stream().map(Lease::staff).collect(Collectors.toSet()));
        clock.move(Duration.ofDays(90));
        assertEquals(List.of(other), done(port.of(Set.of(staff, other))).stream().map(Lease::staff).toList());
    }

    @Test
    @DisplayName("a rule that changes nothing writes nothing")
    final void same() throws Exception {
        DeskId desk = new DeskId(id());
        done(port.change(staff, lease -> lease.taken(desk, session, expires)));
        long version = done(port.find(staff)).orElseThrow().version();
        done(port.change(staff, lease -> lease.taken(desk, session, expires)));
        assertEquals(version, done(port.find(staff)).orElseThrow().version());
    }

    // seen failing: with the lease read before the write
    @Test
    @DisplayName("thirty desks take the lease at once: thirty fences, each once, and the highest has it")
    final void race() throws Exception {
        List<Changed> taken = atOnce(30, i -> port.change(staff, lease -> lease.taken(new DeskId(id()), session, expires)));
        assertEquals(LongStream.rangeClosed(1, 30).boxed().toList(), taken.stream().map(each -> each.after().fence()).sorted().toList());
        Lease last = taken.stream().map(Changed::after).filter(lease -> lease.fence() == 30).findFirst().orElseThrow();
        assertEquals(last.desk(), done(port.find(staff)).orElseThrow().desk());
    }

    @Test
    @DisplayName("an expired one is not found, and not built upon")
    final void expired() throws Exception {
        done(port.change(staff, lease -> lease.taken(new DeskId(id()), session, expires)));
        clock.move(Duration.ofDays(90));
        assertTrue(done(port.find(staff)).isEmpty());
        assertFalse(done(port.change(staff, lease -> lease.taken(new DeskId(id()), session, expires.plus(Duration.ofDays(90))))).before().desk().isPresent());
    }

    // seen failing: with outlived() counting as of ten minutes ago
    @Test
    @DisplayName("the sweep takes out what was given back in its time, each counted once, and destroys a lease in its own")
    final void sweep() throws Exception {
        done(port.change(staff, lease -> lease.taken(new DeskId(id()), session, expires).gaveBack(new GivenBack(new ConversationId(id()), Lease.Left.RELEASED, clock.now()))));
        done(port.change(new StaffId(id()), lease -> lease.taken(new DeskId(id()), session, expires.plus(Duration.ofDays(1)))));
        assertEquals(0, done(port.forgetGivenBack(10)));
        clock.move(Lease.SHOWN.plus(Duration.ofMinutes(1)));
        assertEquals(1, done(port.forgetGivenBack(10)));
        assertEquals(0, done(port.forgetGivenBack(10)));
        assertEquals(List.of(), done(port.find(staff)).orElseThrow().givenBack());
        Purge purge = port.purge(Duration.ofDays(90));
        assertEquals(0, done(purge.purge(LocalDate.ofInstant(clock.now(), ZoneOffset.UTC), 10)));
        clock.move(Duration.ofDays(90));
        assertEquals(1, done(purge.purge(LocalDate.ofInstant(clock.now(), ZoneOffset.UTC), 10)), "the other one has another day");
    }
}
