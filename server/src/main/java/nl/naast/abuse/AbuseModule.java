package nl.naast.abuse;

import nl.naast.platform.Clock;

/** The door of limits. */
public final class AbuseModule {
    /** How many are kept apart at once; above that whoever was silent longest begins anew. */
    private static final int MOST = 20_000;

    private final Clock clock;

    public AbuseModule(Clock clock) {
        this.clock = clock;
    }

    /** So many a second, and so many at once after a pause. */
    public RateLimit rateLimit(int perSecond, int burst) {
        return new TokenBuckets(perSecond, burst, MOST, clock);
    }

    /** So many a minute, and so many at once after a pause: for what costs much and is seldom asked. */
    public RateLimit slowLimit(int perMinute, int burst) {
        return new TokenBuckets(perMinute / 60.0, burst, MOST, clock);
    }
}
