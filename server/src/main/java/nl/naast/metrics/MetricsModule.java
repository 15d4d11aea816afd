package nl.naast.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import nl.naast.conversation.Change;
import nl.naast.live.LiveWatch;
import nl.naast.platform.Clock;

/** The door of figures. It is told, or reads, what others know anyway; nobody reports to it by name. */
public final class MetricsModule {
    private final Counters counters;
    private final MetricsRoutes routes;

    public MetricsModule(Clock clock, Readings readings) {
        PrometheusRegistry registry = new PrometheusRegistry();
        this.counters = new Counters(registry);
        this.routes = new MetricsRoutes(new Page(registry, new Gauges(registry, readings), readings, clock));
    }

    public MetricsRoutes routes() {
        return routes;
    }

    /** To be told of every change that this process stored. */
    public void changed(Change change) {
        counters.changed(change);
    }

    /** To be told what is refused, and how long an envelope took. */
    public LiveWatch watch() {
        return counters;
    }
}
