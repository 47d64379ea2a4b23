package foldback.live;

import foldback.ledger.FeedPosition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All who listen, and among them those who hear what the reader reads. These stand where the reader does: who joins has been served up to there,
 * or further, and then gets only what lies behind. When there is no more room, further ones are refused.
 */
@Singleton
class Audience {
    static final int MOST = 4000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Set<Subscriber> all = new HashSet<>();
    private final Set<Subscriber> listening = new HashSet<>();
    /** Up to where the reader has read; null while nobody listens. */
    private @Nullable FeedPosition frontier;

    private boolean closed;

    Audience() {}

    void start(@Observes StartupEvent event, Vertx vertx, MeterRegistry registry) {
        long unused =
                vertx.setPeriodic(HEARTBEAT.toMillis(), timer -> everybody().forEach(Subscriber::heartbeat));
        Gauge.builder("foldback.live.subscribers", this, audience -> audience.everybody()
                        .size())
                .description("Clients that follow the live feed on this process")
                .baseUnit("subscribers")
                .register(registry);
    }

    /** An open stream would otherwise be waited for. Its client comes again, to another process if there is one. */
    void close(@Observes ShutdownDelayInitiatedEvent event) {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        everybody().forEach(Subscriber::end);
    }

    /** Counts it among all; false where there is no room. */
    synchronized boolean enter(Subscriber subscriber) {
        return !closed && all.size() < MOST && all.add(subscriber);
    }

    synchronized void leave(Subscriber subscriber) {
        all.remove(subscriber);
        listening.remove(subscriber);
        if (listening.isEmpty()) {
            frontier = null;
        }
    }

    private synchronized List<Subscriber> everybody() {
        return List.copyOf(all);
    }

    /** From now on it hears what the reader reads, if it has caught up with that; the first one brings the reader to where it stands. */
    synchronized boolean join(Subscriber subscriber) {
        if (!all.contains(subscriber)) {
            return false;
        }
        FeedPosition reader = frontier;
        if (reader == null ? !subscriber.atEnd() : subscriber.position().isBefore(reader)) {
            return false;
        }
        listening.add(subscriber);
        if (reader == null) {
            frontier = subscriber.position();
            notifyAll();
        }
        return true;
    }

    /** Waits until somebody listens; null once the service stops. */
    synchronized @Nullable FeedPosition awaitFrontier() throws InterruptedException {
        while (frontier == null && !closed) {
            wait();
        }
        return closed ? null : frontier;
    }

    /** Up to where the reader has read; null while nobody listens. */
    synchronized @Nullable FeedPosition frontier() {
        return closed ? null : frontier;
    }

    /** Hands a page to all who listen. Whoever joins meanwhile stands behind it. */
    void publish(LivePage page) {
        List<Subscriber> hearing;
        synchronized (this) {
            if (!page.after().equals(frontier)) {
                // Everybody has left meanwhile.
                return;
            }
            frontier = page.end();
            hearing = List.copyOf(listening);
        }
        LivePage.Parts parts = new LivePage.Parts(page);
        for (Subscriber subscriber : hearing) {
            if (page.lost()) {
                subscriber.end();
            } else if (subscriber.position().isBefore(page.end())) {
                subscriber.hear(page, parts);
            }
        }
    }
}
