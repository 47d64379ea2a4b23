package foldback.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What callbacks were answered, since the start. What the database holds of them is another account: that of completeness. */
@Singleton
final class CallbackMetrics {
    /** What became of a callback at its answer. */
    enum Answered {
        RECORDED,
        DUPLICATE,
        QUARANTINED,
        SPOOLED,
        /** For want of room, or of a database and a disk: with 503. */
        REFUSED
    }

    private final Map<Answered, Counter> counters = new EnumMap<>(Answered.class);

    CallbackMetrics(MeterRegistry registry) {
        for (Answered answered : Answered.values()) {
            counters.put(
                    answered,
                    Counter.builder("foldback.callbacks")
                            .description("Callbacks, by what they were answered")
                            .baseUnit("callbacks")
                            .tag("outcome", answered.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void count(Answered answered) {
        Objects.requireNonNull(counters.get(answered)).increment();
    }
}
