package nl.naast.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.State;
import nl.naast.conversation.Conversation.Why;
import nl.naast.live.LiveWatch;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.Problem;

/** What happened since the start, of this process. Each label has a closed set of values, all there from the start. */
final class Counters implements LiveWatch {
    private static final double[] SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5};

    private final Counter joins;
    private final Counter claims;
    private final Counter talks;
    private final Counter givenBack;
    private final Counter ends;
    private final Counter envelopes;
    private final Counter refusals;
    private final Histogram append;

    Counters(PrometheusRegistry registry) {
        joins = counter("naast_joins", "Visitors who came into the line").register(registry);
        claims = counter("naast_claims", "Visitors who were taken out of the line by an expert").register(registry);
        talks = counter("naast_talks", "Talks that began").register(registry);
        givenBack = each(counter("naast_given_back", "Visitors who came back into the line").labelNames("reason").register(registry), Arrays.stream(Again.values()).map(Counters::label).toArray(String[]::new));
        ends = each(counter("naast_ends", "Conversations that ended").labelNames("reason").register(registry), Arrays.stream(Why.values()).map(Counters::label).toArray(String[]::new));
        envelopes = counter("naast_envelopes", "Envelopes stored").register(registry);
        refusals = each(counter("naast_refusals", "Refusals, by the code of docs/protocol.md").labelNames("code").register(registry), Arrays.stream(Problem.values()).map(Problem::code).toArray(String[]::new));
        CounterWithCallback.builder().name("naast_log_lines").help("Lines of the log, by the code of docs/operations.md").labelNames("code").callback(to -> Arrays.stream(LogCode.values()).forEach(code -> to.call(Log.said(code), code.text()))).register(registry);
        append = Histogram.builder().name("naast_append_seconds").help("From an envelope's frame, as read, to its commit").classicOnly().classicUpperBounds(SECONDS).withoutExemplars().register(registry);
    }

    /** Without exemplars: they are for the ids of traces. */
    private static Counter.Builder counter(String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars();
    }

    private static Counter each(Counter counter, String... values) {
        Arrays.stream(values).forEach(counter::labelValues);
        return counter;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void changed(Change change) {
        change.envelope().ifPresent(stored -> envelopes.inc());
        if (change.moved()) {
            moved(change.before(), change.after());
        }
    }

    private void moved(Optional<Conversation> before, Conversation after) {
        if (before.isEmpty()) {
            joins.inc();
        } else if (before.get().state() == State.WAITING && after.state() == State.CLAIMED) {
            claims.inc();
        } else if (before.get().state() != after.state()) {
            turned(after);
        }
    }

    private void turned(Conversation after) {
        switch (after.state()) {
            case WAITING -> after.facts().again().ifPresent(again -> givenBack.labelValues(label(again)).inc());
            case TALKING -> talks.inc();
            case ENDED -> after.facts().why().ifPresent(why -> ends.labelValues(label(why)).inc());
            case CLAIMED, JOINING -> {
                // On the way: the claim was counted, the talk will be.
            }
        }
    }

    @Override
    public void refused(Problem problem) {
        refusals.labelValues(problem.code()).inc();
    }

    @Override
    public void appended(long nanos) {
        append.observe(nanos / 1e9);
    }
}
