package foldback.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final RateLimits limits =
            new RateLimits(new Settings(Map.of(), Map.of("slow", 1, "quick", 1000), Map.of()));

    @Test
    void aTokenHasASecondsWorthAndWaitsForMore() {
        assertEquals(Optional.empty(), limits.delay("slow"));
        Duration delay = limits.delay("slow").orElseThrow();
        assertTrue(delay.compareTo(Duration.ZERO) > 0 && delay.compareTo(Duration.ofSeconds(1)) <= 0, delay.toString());
    }

    @Test
    void whatOneTokenSendsDoesNotCountForAnother() {
        limits.delay("slow");
        limits.delay("slow");
        for (int i = 0; i < 1000; i++) {
            assertEquals(Optional.empty(), limits.delay("quick"));
        }
    }

    @Test
    void aTokenWithoutALimitHasNone() {
        for (int i = 0; i < 10_000; i++) {
            assertEquals(Optional.empty(), limits.delay("other"));
        }
    }
}
