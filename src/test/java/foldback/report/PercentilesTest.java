package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    private static final int SEED = 20251127;

    @Test
    void theyLieBetweenTheirNeighbours() {
        Percentiles percentiles = new Percentiles(4, 0, 0.5, 0.9, 1);
        percentiles.take(10, 2);
        percentiles.take(20, 0);
        percentiles.take(30, 1);
        percentiles.take(70, 1);
        assertEquals(10, percentiles.get(0).orElseThrow());
        assertEquals(20, percentiles.get(1).orElseThrow());
        assertEquals(58, percentiles.get(2).orElseThrow(), 1e-12);
        assertEquals(70, percentiles.get(3).orElseThrow());
    }

    @Test
    void ofNothingThereAreNone() {
        assertEquals(OptionalDouble.empty(), new Percentiles(0, 0.5).get(0));
    }

    @Test
    void theyAreThoseOfAllValuesSideBySide() {
        Random random = new Random(SEED);
        for (int size = 1; size < 200; size++) {
            double[] values = random.ints(size, 0, 1 + random.nextInt(300))
                    .asDoubleStream()
                    .toArray();
            Arrays.sort(values);
            double share = random.nextDouble();
            Percentiles percentiles = new Percentiles(size, share);
            Arrays.stream(values)
                    .distinct()
                    .forEach(value -> percentiles.take(
                            value,
                            Arrays.stream(values).filter(each -> each == value).count()));
            double place = share * (size - 1);
            double below = values[(int) place];
            double above = values[(int) Math.ceil(place)];
            assertEquals(
                    below + (place - (int) place) * (above - below),
                    percentiles.get(0).orElseThrow(),
                    "of " + size + " by seed " + SEED);
        }
    }
}
