package foldback.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How often each callback token may be used: a bucket for those that have a limit, which holds what may be sent in a second. */
@Singleton
public final class RateLimits {
    /** Callbacks a second. Above it the limit would be of no use: more than the service can take. */
    static final int HIGHEST = 1_000_000;

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Map<String, Bucket> buckets;

    RateLimits(AccessSettings settings) {
        buckets = settings.rates().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, rate -> bucket(rate.getValue())));
    }

    private static Bucket bucket(int rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, PERIOD))
                .build();
    }

    /**
     * Takes one callback from what the token of this label may send.
     *
     * @return empty where it may; otherwise after how long the next one may be sent, and nothing is taken
     */
    public Optional<Duration> delay(String label) {
        Bucket bucket = buckets.get(label);
        if (bucket == null) {
            return Optional.empty();
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
}
