package nl.naast.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.State;

/** How things stood when the page was made. What could not be read is not there, rather than old. */
final class Gauges {
    /** Whole minutes; in between would tell when somebody came. */
    private static final List<Integer> WAITS = List.of(60, 30, 20, 10, 5, 1);

    /** @param open empty: the store did not answer */
    record Seen(Instant at, Optional<List<Conversation>> open, Optional<Instant> rosterUntil) {
    }

    private final Readings readings;
    private volatile Seen seen = new Seen(Instant.EPOCH, Optional.empty(), Optional.empty());

    Gauges(PrometheusRegistry registry, Readings readings) {
        this.readings = readings;
        Info.builder().name("naast_build_info").help("The program and its store").labelNames("version", "store").register(registry).setLabelValues(readings.version(), readings.store());
        gauge("naast_store_answers", "Whether the store could be read").callback(to -> to.call(seen.open().isPresent() ? 1 : 0)).register(registry);
        gauge("naast_conversations", "Conversations that have not ended, of all processes on this store").labelNames("state").callback(this::states).register(registry);
        gauge("naast_longest_wait_minutes", "The longest wait in the line, rounded down to 0, 1, 5, 10, 20, 30 or 60").callback(this::longest).register(registry);
        gauge("naast_sockets", "Open sockets and held polls of this process").labelNames("side").callback(this::sockets).register(registry);
        gauge("naast_processes", "Servers on this store, this one too").callback(to -> to.call(1 + readings.others().getAsInt())).register(registry);
        gauge("naast_roster_left_seconds", "How long the roster that visitors are given still holds").callback(this::roster).register(registry);
    }

    private static GaugeWithCallback.Builder gauge(String name, String help) {
        return GaugeWithCallback.builder().name(name).help(help);
    }

    void see(Seen now) {
        seen = now;
    }

    private void states(GaugeWithCallback.Callback to) {
        open(rows -> {
            Map<State, Long> counted = rows.stream().collect(Collectors.groupingBy(Conversation::state, Collectors.counting()));
            Stream.of(State.values()).filter(state -> state != State.ENDED).forEach(state -> to.call(counted.getOrDefault(state, 0L), state.name().toLowerCase(Locale.ROOT)));
        });
    }

    private void longest(GaugeWithCallback.Callback to) {
        open(rows -> to.call(rows.stream().filter(row -> row.state() == State.WAITING).mapToLong(row -> Duration.between(row.facts().waitingSince(), seen.at()).toMinutes()).max().stream()
            .mapToInt(Gauges::coarse).findFirst().orElse(0)));
    }

    static int coarse(long minutes) {
        return WAITS.stream().filter(step -> step <= minutes).findFirst().orElse(0);
    }

    private void open(Consumer<List<Conversation>> then) {
        seen.open().ifPresent(then);
    }

    private void sockets(GaugeWithCallback.Callback to) {
        to.call(readings.visitorSockets().getAsInt(), "visitor");
        to.call(readings.deskSockets().getAsInt(), "desk");
    }

    private void roster(GaugeWithCallback.Callback to) {
        seen.rosterUntil().ifPresent(until -> to.call(Duration.between(seen.at(), until).toSeconds()));
    }
}
