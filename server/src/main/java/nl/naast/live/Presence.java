package nl.naast.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nl.naast.platform.Clock;

/** When each side was heard last, in this process's memory only. Whoever is asked for and was never heard counts as heard now: after a start everybody gets the full time again. */
final class Presence {
    private static final Duration FORGOTTEN = Duration.ofHours(2);

    private final Map<Object, Instant> heard = new ConcurrentHashMap<>();
    private final Clock clock;

    Presence(Clock clock) {
        this.clock = clock;
    }

    /** @param who a visitor's token or a staff id */
    void heard(Object who) {
        heard.put(who, clock.now());
    }

    /** For how long nothing has been heard of her. */
    Duration silence(Object who) {
        return Duration.between(heard.computeIfAbsent(who, unknown -> clock.now()), clock.now());
    }

    /** Whether she was heard within this time; somebody never heard of is not here. */
    boolean within(Object who, Duration time) {
        Instant last = heard.get(who);
        return last != null && Duration.between(last, clock.now()).compareTo(time) <= 0;
    }

    void forget() {
        Instant now = clock.now();
        heard.values().removeIf(last -> Duration.between(last, now).compareTo(FORGOTTEN) > 0);
    }
}
