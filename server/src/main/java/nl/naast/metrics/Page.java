package nl.naast.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.naast.conversation.Conversation;
import nl.naast.platform.Clock;

/** The page, made at the most once in {@link #KEPT}: whoever asks each second learns no more than who asks each minute, so that a figure that steps by one is no person's exact time. */
final class Page {
    static final Duration KEPT = Duration.ofMinutes(1);
    static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry;
    private final Gauges gauges;
    private final Readings readings;
    private final Clock clock;
    private Future<Buffer> page;
    private Instant made = Instant.MIN;

    Page(PrometheusRegistry registry, Gauges gauges, Readings readings, Clock clock) {
        this.registry = registry;
        this.gauges = gauges;
        this.readings = readings;
        this.clock = clock;
    }

    synchronized Future<Buffer> text() {
        Instant now = clock.now();
        if (page == null) {
            platform();
        }
        if (page == null || !made.plus(KEPT).isAfter(now)) {
            made = now;
            page = make(now);
        }
        return page;
    }

    /** At the first scrape: who is never asked need not load the JDK's management for it. */
    private void platform() {
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    private Future<Buffer> make(Instant now) {
        Future<Optional<List<Conversation>>> open = readings.open().get().map(Optional::of).otherwise(Optional.empty());
        Future<Optional<Instant>> roster = readings.rosterUntil().get().otherwise(Optional.empty());
        return Future.all(open, roster).map(read -> {
            gauges.see(new Gauges.Seen(now, open.result(), roster.result()));
            return write();
        });
    }

    private Buffer write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException impossible) {
            throw new UncheckedIOException("into memory", impossible);
        }
        return Buffer.buffer(out.toByteArray());
    }
}
