package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.sync.Readings;
import ai.cscx.chorus.sync.Settlement;
import ai.cscx.chorus.sync.Synchronisation;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a monitor reads: the process, requests by route, and how the sync is. No label is a name, an address or an id.
 * What stands in the database is read when somebody looks, at most every five seconds; while the database is away those
 * numbers are not there and the others are. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration READ_WITHIN = Duration.ofSeconds(2);

    private final Synchronisation synchronisation;
    private final Jobs jobs;
    private final Clock clock;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final MultiGauge waiting;
    private final MultiGauge backlog;
    private @Nullable Instant readAt;
    private volatile @Nullable Reading last;
    /** Counters do not go back while the database is away. */
    private volatile double requests;

    private volatile double refusals;

    /**
     * @param clock real time
     */
    public Metrics(Synchronisation synchronisation, Jobs jobs, Clock clock) {
        this.synchronisation = synchronisation;
        this.jobs = jobs;
        this.clock = clock;
        this.waiting = MultiGauge.builder("cscx.fetch.queue")
                .description("Calls that wait to be fetched, by why")
                .register(registry);
        this.backlog = MultiGauge.builder("cscx.jobs")
                .description("Background jobs that wait or run, by kind")
                .register(registry);
    }

    /** What became of a webhook. */
    enum Webhook {
        ACCEPTED,
        REFUSED,
        TOO_LARGE,
        UNAVAILABLE
    }

    private record Reading(Readings sync, Map<String, Long> jobs, long parked) {}

    /** Names everything that can be read, so that it is there before it happened. */
    public void start() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
        for (Webhook outcome : Webhook.values()) {
            registry.counter("cscx.webhooks", "outcome", Parameters.word(outcome));
        }
        for (TranscriptState state : TranscriptState.values()) {
            String word = Parameters.word(state);
            Gauge.builder(
                            "cscx.calls",
                            this,
                            of(read -> read.sync().transcripts().getOrDefault(word, 0L)))
                    .description("Calls that are here, by state of their transcript")
                    .tag("transcript", word)
                    .register(registry);
        }
        gauge(
                "cscx.sync.accuracy",
                "Share of the calls that Chorus listed that were here as listed; 1 = all",
                compared(Settlement.Accuracy::accuracy));
        gauge(
                "cscx.sync.missing",
                "Calls that Chorus listed and that were not here",
                compared(found -> found.missing().size()));
        gauge(
                "cscx.sync.differing",
                "Calls that were here otherwise than Chorus listed them",
                compared(found -> found.differing().size()));
        gauge(
                "cscx.action.items.capture",
                "Share of the action items of ours that Chorus lists, in calls with a customer, that are tasks; 1 = all",
                read -> read.sync().capture().rate());
        gauge(
                "cscx.action.items.waiting",
                "Action items of calls without a customer",
                read -> read.sync().capture().waiting());
        gauge(
                "cscx.quarantine",
                "Records of Chorus that cannot be read",
                read -> read.sync().quarantined());
        gauge(
                "cscx.index.outbox",
                "Calls that the search index has yet to learn of",
                read -> read.sync().unindexed());
        gauge("cscx.jobs.parked", "Jobs that were given up and wait for somebody to look", Reading::parked);
        gauge(
                "cscx.connection",
                "The connection to Chorus: 0 disconnected, 1 degraded, 2 connected",
                read -> connection(read.sync().connection()));
        gauge(
                "cscx.chorus.pace",
                "Requests a minute at which Chorus is asked, as learned",
                read -> read.sync().budget().perMinute());
        gauge(
                "cscx.chorus.wait.seconds",
                "For how long Chorus asked not to be asked",
                read -> read.sync().budget().pause().toSeconds());
        FunctionCounter.builder("cscx.chorus.requests", this, metrics -> metrics.requests)
                .description("Requests to Chorus that were answered or refused")
                .register(registry);
        FunctionCounter.builder("cscx.chorus.refusals", this, metrics -> metrics.refusals)
                .description("Requests to Chorus that it refused with 429")
                .register(registry);
    }

    /** A request was answered; route is a template. */
    void served(@Nullable Endpoint route, int status, Duration time) {
        Timer.builder("http.server.requests")
                .description("Requests answered, by route; streams are left out")
                .tag("method", route == null ? "unknown" : route.method.name())
                .tag("route", route == null ? "unknown" : route.path)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(time);
    }

    void webhook(Webhook outcome) {
        registry.counter("cscx.webhooks", "outcome", Parameters.word(outcome)).increment();
    }

    /** In Prometheus's text format 0.0.4. */
    String text() {
        refresh();
        return registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }

    private synchronized void refresh() {
        Instant now = clock.instant();
        if (readAt != null && Duration.between(readAt, now).compareTo(KEPT) < 0) {
            return;
        }
        Reading read = read();
        readAt = now;
        last = read;
        waiting.register(rows("reason", read == null ? Map.of() : read.sync().waiting()), true);
        backlog.register(rows("kind", read == null ? Map.of() : read.jobs()), true);
        if (read != null) {
            requests = read.sync().budget().requests();
            refusals = read.sync().budget().refusals();
        }
    }

    private @Nullable Reading read() {
        try {
            return Promptly.within(
                    READ_WITHIN, () -> new Reading(synchronisation.readings(), jobs.backlog(), jobs.parked()));
        } catch (Failure.Unavailable away) {
            LOG.warn("Metrics of the database are left out: {}", away.getMessage());
            return null;
        } catch (RuntimeException broken) {
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            LOG.error(
                    "Metrics of the database cannot be read and are left out: {}",
                    cause.getClass().getName());
            return null;
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<Reading> value) {
        Gauge.builder(name, this, of(value)).description(description).register(registry);
    }

    /** Not a number where nothing could be read. */
    private static ToDoubleFunction<Metrics> of(ToDoubleFunction<Reading> value) {
        return metrics -> {
            Reading read = metrics.last;
            return read == null ? Double.NaN : value.applyAsDouble(read);
        };
    }

    private static ToDoubleFunction<Reading> compared(ToDoubleFunction<Settlement.Accuracy> value) {
        return read -> read.sync().accuracy().map(value::applyAsDouble).orElse(Double.NaN);
    }

    private static double connection(String status) {
        return switch (status) {
            case "connected" -> 2;
            case "degraded" -> 1;
            default -> 0;
        };
    }

    private static List<MultiGauge.Row<?>> rows(String label, Map<String, Long> values) {
        return values.entrySet().stream()
                .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(Tags.of(label, entry.getKey()), entry.getValue()))
                .toList();
    }
}
