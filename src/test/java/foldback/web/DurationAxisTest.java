package foldback.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where a duration lies on an axis, and what stands beside it. */
class DurationAxisTest {
    private final DurationAxis axis = new DurationAxis(List.of(0L, 1L, 100L, 10_000L), 100, 400);

    @Test
    void bordersLieEquallyFarApartWithALogarithmicScaleBetweenThem() {
        assertEquals(100, axis.place(0), 1e-9);
        assertEquals(150, axis.place(0.5), 1e-9);
        assertEquals(200, axis.place(1), 1e-9);
        assertEquals(250, axis.place(10), 1e-9);
        assertEquals(300, axis.place(100), 1e-9);
        assertEquals(350, axis.place(1000), 1e-9);
        assertEquals(400, axis.place(10_000), 1e-9);
        assertEquals(400, axis.place(1e9), 1e-9);
    }

    @Test
    void itIsNoLongerThanWhatIsOnIt() {
        DurationAxis days = DurationAxis.around(90_000, 600_000, 0, 100);
        assertEquals(0, days.place(86_400), 1e-9);
        assertEquals(100, days.place(604_800), 1e-9);
        DurationAxis one = DurationAxis.around(0, 0, 0, 100);
        assertEquals(0, one.place(0), 1e-9);
        assertEquals(100, one.place(1), 1e-9);
    }

    @Test
    void labelsDoNotRunIntoEachOther() {
        List<Long> all = List.of(
                0L, 1L, 2L, 5L, 10L, 30L, 60L, 120L, 300L, 600L, 1800L, 3600L, 7200L, 21_600L, 43_200L, 86_400L);
        List<Tick> ticks = new DurationAxis(all, 0, 300).ticks(InWords::border);
        assertEquals(all.size(), ticks.size());
        List<Double> labelled = ticks.stream()
                .filter(tick -> tick.label() != null)
                .map(tick -> Double.valueOf(tick.at()))
                .toList();
        for (int at = 1; at < labelled.size(); at++) {
            assertTrue(labelled.get(at) - labelled.get(at - 1) >= 44, labelled.toString());
        }
        assertTrue(labelled.size() >= 4, labelled.toString());
        assertTrue(
                ticks.stream()
                        .map(Tick::label)
                        .filter(Objects::nonNull)
                        .toList()
                        .containsAll(List.of("0", "1\u00A0min")),
                ticks.toString());
        assertTrue(ticks.stream().anyMatch(Tick::wide), ticks.toString());
    }
}
