package nl.naast.live;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.live.Attendance.Here;
import nl.naast.platform.Clock;

/**
 * Who is connected to another process, as far as those have told. Not to know is no reason to hold anybody for gone: when this process could not ask for a while (its database was away, it stood still), everybody has the
 * full time again, as after a start.
 */
final class Elsewhere {
    private static final Duration UNSURE = Duration.ofSeconds(10);

    private final Attendance attendance;
    private final Clock clock;
    private final Presence heard;
    private final Map<StaffId, Instant> since = new HashMap<>();
    private final Map<StaffId, Set<String>> languages = new HashMap<>();
    private int processes;
    private Instant counted = Instant.MIN;
    private Instant asked = Instant.MIN;

    Elsewhere(Attendance attendance, Clock clock) {
        this.attendance = attendance;
        this.clock = clock;
        this.heard = new Presence(clock);
    }

    /** Whether no other process can be on this database. */
    boolean alone() {
        return attendance instanceof Attendance.Alone;
    }

    /** @param mine who is connected to this process; what others told goes into {@link #silence} only, never back into what this one tells: or two would keep alive for ever whom neither has */
    Future<Void> exchange(Here mine) {
        return attendance.exchange(mine).onSuccess(this::note).mapEmpty();
    }

    Future<Void> leave() {
        return attendance.leave();
    }

    private synchronized void note(List<Here> told) {
        Instant now = clock.now();
        if (asked.isBefore(now.minus(UNSURE))) {
            heard.forgetAll();
        }
        asked = now;
        if (told.size() >= processes || counted.plus(UNSURE).isBefore(now)) {
            processes = told.size();
            counted = now;
        }
        for (Here here : told) {
            here.visitors().forEach(heard::heard);
            here.desks().forEach((staff, spoken) -> {
                heard.heard(staff);
                since.put(staff, now);
                languages.put(staff, Set.copyOf(spoken));
            });
        }
        heard.forget();
        since.values().removeIf(last -> last.plus(UNSURE).isBefore(now));
        languages.keySet().retainAll(since.keySet());
    }

    /** For how long no other process has told that she is there; empty: there is no other. */
    Optional<Duration> silence(Object who) {
        return alone() ? Optional.empty() : Optional.of(heard.silence(who));
    }

    /** How many other processes told who is connected to them, within the last ten seconds. */
    synchronized int processes() {
        return processes;
    }

    boolean within(Object who, Duration time) {
        return heard.within(who, time);
    }

    /** The members of staff whose desks are connected to other processes. */
    synchronized Set<StaffId> staff() {
        return new HashSet<>(since.keySet());
    }

    synchronized Set<String> languages(StaffId staff) {
        return languages.getOrDefault(staff, Set.of());
    }
}
