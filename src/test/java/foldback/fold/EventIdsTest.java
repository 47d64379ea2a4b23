package foldback.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    private static final Instant NOW = Instant.parse("2025-03-04T10:00:00Z");

    private final SplittableRandom random = new SplittableRandom(20_250_304);

    @Test
    void areOfVersionSevenAndTellTheirMillisecond() {
        for (int n = 0; n < 1000; n++) {
            UUID id = EventIds.at(NOW, random.nextLong());
            assertEquals(7, id.version());
            assertEquals(2, id.variant());
            assertEquals(NOW.toEpochMilli(), id.getMostSignificantBits() >>> 16);
        }
    }

    @Test
    void growWhateverTheClockSays() {
        UUID previous = EventIds.at(NOW, random.nextLong());
        for (int n = 0; n < 100_000; n++) {
            UUID next = EventIds.after(previous, NOW.minusSeconds(n), random.nextLong());
            assertTrue(EventIds.compare(next, previous) > 0);
            assertEquals(7, next.version());
            assertEquals(2, next.variant());
            previous = next;
        }
    }

    @Test
    void carryIntoTheNextMillisecond() {
        UUID last = new UUID(NOW.toEpochMilli() << 16 | 0x7FFF, 0xBFFF_FFFF_FFFF_FFFFL);
        UUID next = EventIds.after(last, NOW.minusSeconds(1), 0);
        assertEquals(new UUID((NOW.toEpochMilli() + 1) << 16 | 0x7000, 0x8000_0000_0000_0000L), next);
        assertTrue(EventIds.compare(next, last) > 0);
    }

    @Test
    void differBetweenTwoWritersWhoseClocksLagBehindTheSameId() {
        UUID previous = EventIds.at(NOW, random.nextLong());
        Instant lagging = NOW.minusSeconds(60);
        assertNotEquals(
                EventIds.after(previous, lagging, random.nextLong()),
                EventIds.after(previous, lagging, random.nextLong()));
    }

    @Test
    void compareAsPostgresDoes() {
        assertTrue(EventIds.compare(new UUID(0x8000_0000_0000_0000L, 0), new UUID(0x7FFF_FFFF_FFFF_FFFFL, 0)) > 0);
        assertTrue(EventIds.compare(new UUID(0, -1), new UUID(0, 1)) > 0);
    }
}
