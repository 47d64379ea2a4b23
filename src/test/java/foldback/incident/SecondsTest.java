package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations in JSON are exact. */
class SecondsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0",
        "PT1M35.386S, 95.386",
        "PT100S, 100",
        "PT1000H, 3600000",
        "PT0.000001S, 0.000001",
        "PT0.1S, 0.1",
        "PT876000H0.123456S, 3153600000.123456"
    })
    void areExactSecondsWithoutSuperfluousDigits(Duration duration, String json) throws JsonProcessingException {
        assertEquals(json, new ObjectMapper().writeValueAsString(Seconds.of(duration)));
    }

    @Test
    void runFromTheBeginningToTheEndAndNeverBackwards() {
        Instant begin = Instant.parse("2025-03-04T02:17:11.386Z");
        assertEquals("0.5", Seconds.between(begin, begin.plusMillis(500)).toString());
        assertEquals("0", Seconds.between(begin, begin.minusMillis(500)).toString());
        assertNull(Seconds.between(begin, null));
    }
}
