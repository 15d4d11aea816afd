package nl.naast.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import nl.naast.platform.Problem;

/** What one socket did wrong: after the fifth frame that is none (malformed, or too large), or thirty seconds of going on too fast, it is closed (protocol.md §9). */
final class Offences {
    private static final int BAD = 5;
    private static final Duration TOO_FAST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private int bad;
    private Instant tooFastSince = Instant.EPOCH;
    private Instant tooFastLast = Instant.EPOCH;

    /** @return the close code, when this refusal was one too many */
    Optional<Integer> note(Problem problem, Instant now) {
        if ((problem == Problem.MALFORMED || problem == Problem.TOO_LARGE) && ++bad >= BAD) {
            return Optional.of(4002);
        }
        if (problem == Problem.TOO_FAST) {
            tooFastSince = tooFastLast.plus(PAUSE).isBefore(now) ? now : tooFastSince;
            tooFastLast = now;
            return tooFastSince.plus(TOO_FAST).isAfter(now) ? Optional.empty() : Optional.of(4029);
        }
        return Optional.empty();
    }
}
