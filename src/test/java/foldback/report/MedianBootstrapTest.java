package foldback.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.report.Change.Verdict;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Samples whose medians are known without drawing them are those that drawing gives. */
class MedianBootstrapTest {
    private static double[] medians(long seed, double... sorted) {
        MedianBootstrap bootstrap = new MedianBootstrap(sorted.length, new Random(seed));
        for (double duration : sorted) {
            bootstrap.take(duration, 1);
        }
        return bootstrap.medians();
    }

    /** The way of the textbook. */
    private static double[] drawn(double... sorted) {
        Random random = new Random(7);
        double[] medians = new double[20_000];
        for (int sample = 0; sample < medians.length; sample++) {
            double[] again = DoubleStream.generate(() -> sorted[random.nextInt(sorted.length)])
                    .limit(sorted.length)
                    .sorted()
                    .toArray();
            medians[sample] = (again[(again.length - 1) / 2] + again[again.length / 2]) / 2;
        }
        return medians;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double share(double[] values, double below) {
        return (double) Arrays.stream(values).filter(value -> value <= below).count() / values.length;
    }

    @Test
    void theyAreDistributedAsThoseThatAreDrawn() {
        for (int size : new int[] {1, 2, 3, 8, 25, 40}) {
            double[] sorted = DoubleStream.iterate(1, x -> x * 1.2).limit(size).toArray();
            double[] known = medians(1, sorted);
            double[] textbook = drawn(sorted);
            assertEquals(mean(textbook), mean(known), mean(textbook) * 0.05, "mean of " + size);
            for (double below : sorted) {
                assertEquals(share(textbook, below), share(known, below), 0.045, "of " + size + " up to " + below);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSame() {
        double[] sorted = DoubleStream.iterate(1, x -> x + 1).limit(31).toArray();
        assertArrayEquals(medians(3, sorted), medians(3, sorted));
        assertTrue(!Arrays.equals(medians(3, sorted), medians(4, sorted)));
    }

    @Test
    void equalDurationsComeAtOnce() {
        MedianBootstrap bootstrap = new MedianBootstrap(5, new Random(1));
        bootstrap.take(7, 5);
        assertEquals(7, mean(bootstrap.medians()));
        assertThrows(IllegalStateException.class, () -> new MedianBootstrap(5, new Random(1)).medians());
    }

    @Test
    void aVerdictNeedsAnIntervalBesideZeroAndTwentyIncidents() {
        assertEquals(Verdict.BETTER, Change.verdict(-9, -1, 20));
        assertEquals(Verdict.WORSE, Change.verdict(1, 9, 20));
        assertEquals(Verdict.CANNOT_TELL, Change.verdict(-9, -1, 19));
        assertEquals(Verdict.CANNOT_TELL, Change.verdict(-1, 1, 1000));
        assertEquals(Verdict.CANNOT_TELL, Change.verdict(0, 9, 1000));
        assertEquals(Verdict.CANNOT_TELL, Change.verdict(-9, 0, 1000));
    }
}
