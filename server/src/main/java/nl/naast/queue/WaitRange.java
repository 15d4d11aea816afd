package nl.naast.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Facts;
import nl.naast.platform.Clock;

/**
 * The honest range: between the fifth part that waited least and the fifth that waited longest of the last fifty who came to talk. Nothing is said before there are five. Who gave up waiting is not in it: the
 * page says "people who were answered waited …", not "you will wait …".
 */
final class WaitRange {
    private static final int ENOUGH = 5;
    private static final int NEWEST = 50;

    private final Waits waits;
    private final Clock clock;
    private final Duration kept;

    WaitRange(Waits waits, Clock clock, Duration kept) {
        this.waits = waits;
        this.clock = clock;
        this.kept = kept;
    }

    /**
     * Measures from her arrival to the claim, once a talk has come of it: a claim that brings nobody could be anybody's, as often as they like. After a release it says nothing about the line.
     *
     * @param talking a conversation that is talking since now; it last changed with its claim
     */
    Future<Void> measure(Conversation talking) {
        Facts facts = talking.facts();
        if (facts.again().isPresent()) {
            return Future.succeededFuture();
        }
        int minutes = (int) Math.max(0, facts.waitingSince().until(facts.changed(), ChronoUnit.MINUTES));
        return waits.add(new Measured(facts.language(), minutes, clock.now().plus(kept).truncatedTo(ChronoUnit.MINUTES)));
    }

    /** @param language empty = all languages together */
    Future<Optional<Range>> of(Optional<String> language) {
        return waits.newest(NEWEST * 10).map(all -> range(all.stream().filter(w -> language.map(w.language()::equals).orElse(true)).limit(NEWEST).map(Measured::minutes).sorted().toList()));
    }

    static Optional<Range> range(List<Integer> sorted) {
        if (sorted.size() < ENOUGH) {
            return Optional.empty();
        }
        int lo = sorted.get(sorted.size() / 5);
        int hi = sorted.get(sorted.size() - 1 - sorted.size() / 5);
        return Optional.of(new Range(lo, Math.max(hi, lo + 1)));
    }
}
