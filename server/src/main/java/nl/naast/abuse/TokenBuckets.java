package nl.naast.abuse;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.naast.platform.Clock;

/**
 * So many a second, with bursts, for each capability or member of staff: a token bucket in memory, never an address. The map is bounded: the bucket that was used longest ago goes first, and whoever owned it begins
 * with a full one.
 */
final class TokenBuckets implements RateLimit {
    private record Bucket(double tokens, Instant at) {
    }

    private final double perSecond;
    private final int burst;
    private final Clock clock;
    private final Map<String, Bucket> buckets;

    /** @param most how many buckets are kept */
    TokenBuckets(double perSecond, int burst, int most, Clock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public synchronized boolean take(String who) {
        Instant now = clock.now();
        Bucket bucket = buckets.getOrDefault(who, new Bucket(burst, now));
        double seconds = Math.max(0, Duration.between(bucket.at(), now).toNanos() / 1e9);
        double tokens = Math.min(burst, bucket.tokens() + seconds * perSecond);
        boolean may = tokens >= 1;
        buckets.put(who, new Bucket(may ? tokens - 1 : tokens, now));
        return may;
    }

    synchronized int size() {
        return buckets.size();
    }
}
