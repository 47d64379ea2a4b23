package foldback.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** What came of those who listened, and of what there was to say. */
@Singleton
class LiveCounts {
    private final Counter delivered;
    private final Counter dropped;
    private final Counter refused;
    private final AtomicLong waiting = new AtomicLong();

    LiveCounts(MeterRegistry registry) {
        delivered = Counter.builder("foldback.live.events")
                .description("Events of the live feed that were sent, counted once a subscriber")
                .baseUnit("events")
                .tag("outcome", "delivered")
                .register(registry);
        dropped = subscriptions(registry, "dropped");
        refused = subscriptions(registry, "refused");
    }

    private static Counter subscriptions(MeterRegistry registry, String outcome) {
        return Counter.builder("foldback.live.subscriptions")
                .description(
                        "Subscribers to the live feed that were dropped for reading slowly, or refused for want of room")
                .baseUnit("subscribers")
                .tag("outcome", outcome)
                .register(registry);
    }

    void delivered(int events) {
        delivered.increment(events);
    }

    /** Bytes that now wait for a socket, or do not any more. */
    void waiting(int more) {
        waiting.addAndGet(more);
    }

    /** How many bytes wait for the sockets of all. */
    long waiting() {
        return waiting.get();
    }

    void droppedOne() {
        dropped.increment();
    }

    void refusedOne() {
        refused.increment();
    }
}
