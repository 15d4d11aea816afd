package nl.naast.live;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.naast.platform.Clock;

/**
 * When each side was heard last, in this process's memory only. Whoever is asked for and was never heard counts as heard now: after a start everybody gets the full time again. Bounded: anybody can invent a
 * capability, and whoever was heard and asked for longest ago goes first. Those of open conversations are asked for every second.
 */
final class Presence {
    private static final Duration FORGOTTEN = Duration.ofHours(2);
    private static final int MOST = 50_000;

    private final Map<Object, Instant> heard;
    private final Clock clock;

    Presence(Clock clock) {
        this(clock, MOST);
    }

    Presence(Clock clock, int most) {
        this.clock = clock;
        this.heard = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Instant> eldest) {
                return size() > most;
            }
        };
    }

    /** @param who a visitor's token or a staff id */
    synchronized void heard(Object who) {
        heard.put(who, clock.now());
    }

    /** For how long nothing has been heard of her. */
    synchronized Duration silence(Object who) {
        return Duration.between(heard.computeIfAbsent(who, unknown -> clock.now()), clock.now());
    }

    /** Whether she was heard within this time; somebody never heard of is not here. */
    synchronized boolean within(Object who, Duration time) {
        Instant last = heard.get(who);
        return last != null && Duration.between(last, clock.now()).compareTo(time) <= 0;
    }

    /** Nobody was ever heard: whoever is asked for next has the full time again. */
    synchronized void forgetAll() {
        heard.clear();
    }

    synchronized void forget() {
        Instant now = clock.now();
        heard.values().removeIf(last -> Duration.between(last, now).compareTo(FORGOTTEN) > 0);
    }

    synchronized int size() {
        return heard.size();
    }
}
