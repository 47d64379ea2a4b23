package foldback.report;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The medians of samples that are drawn again, with repetition, from one sample of durations. A median is one of the ordered durations, or
 * the mean of the two in the middle; which ones a drawn sample would have there is known without drawing it, from the order of as many
 * uniform numbers. So the places are drawn first, and the durations picked as they pass by in their order.
 */
final class MedianBootstrap {
    static final int SAMPLES = 2000;

    private final long size;
    private final long[] places;
    private final double[] durations;

    /** Which of the places comes next, upwards: they stand as they were drawn. */
    private final int[] ascending;

    private long passed;
    private int picked;

    /**
     * Draws the places.
     *
     * @param size how many durations there will be, at least one
     */
    MedianBootstrap(long size, Random random) {
        this.size = size;
        this.places = new long[2 * SAMPLES];
        this.durations = new double[2 * SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            draw(sample, random);
        }
        ascending = IntStream.range(0, places.length)
                .boxed()
                .sorted((a, b) -> Long.compare(places[a], places[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The k-th of n ordered uniform numbers is distributed as Beta(k, n − k + 1), and the next one as the least of those left above it. */
    private void draw(int sample, Random random) {
        long lower = (size + 1) / 2;
        double first = Beta.draw(lower, size - lower + 1, random);
        places[2 * sample] = place(first);
        double second = first;
        if (size % 2 == 0) {
            double above = 1 - StrictMath.pow(1 - random.nextDouble(), 1.0 / (size - lower));
            second = first + (1 - first) * above;
        }
        places[2 * sample + 1] = place(second);
    }

    private long place(double uniform) {
        return Math.min(size - 1, (long) (uniform * size));
    }

    /** Durations that are equal, at least as long as those before. */
    void take(double duration, long count) {
        passed += count;
        while (picked < ascending.length && places[ascending[picked]] < passed) {
            durations[ascending[picked++]] = duration;
        }
    }

    /** The median of each sample, once all durations have come. */
    double[] medians() {
        if (passed != size) {
            throw new IllegalStateException(passed + " durations came where " + size + " were announced");
        }
        double[] medians = new double[SAMPLES];
        Arrays.setAll(medians, sample -> (durations[2 * sample] + durations[2 * sample + 1]) / 2);
        return medians;
    }
}
