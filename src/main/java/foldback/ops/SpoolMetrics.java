package foldback.ops;

import foldback.ledger.Commits;
import foldback.spool.Spool;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/** What lies in the spool, and for how long: the two figures that say whether somebody has to look after the database. */
@Singleton
final class SpoolMetrics {
    private final Spool spool;
    private final Commits commits;
    private final Clock clock;

    SpoolMetrics(Spool spool, Commits commits, Clock clock) {
        this.spool = spool;
        this.commits = commits;
        this.clock = clock;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("foldback.spool.entries", spool, Spool::entries)
                .description("Callbacks in the spool, durable and not yet in the database")
                .baseUnit("callbacks")
                .register(registry);
        Gauge.builder("foldback.spool.size", spool, Spool::bytes)
                .description("What the callbacks in the spool take on disk, about")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("foldback.spool.lag", this, SpoolMetrics::lag)
                .description("How long the oldest callback in the spool has waited for the database")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("foldback.database.away", commits, known -> known.away() ? 1 : 0)
                .description(
                        "Whether the database is known not to commit, so that callbacks go to the spool at once: 1 or 0")
                .register(registry);
        count(registry, "spooled", Spool::kept);
        count(registry, "refused", Spool::refused);
    }

    private void count(MeterRegistry registry, String outcome, ToDoubleFunction<Spool> callbacks) {
        FunctionCounter.builder("foldback.spool.callbacks", spool, callbacks)
                .description(
                        "Callbacks that were to be spooled: made durable, or refused for want of room or of a disk")
                .baseUnit("callbacks")
                .tag("outcome", outcome)
                .register(registry);
    }

    private double lag() {
        Instant oldest = spool.oldest();
        if (oldest == null) {
            return 0;
        }
        return Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
    }
}
