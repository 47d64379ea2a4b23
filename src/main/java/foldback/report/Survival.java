package foldback.report;

import java.util.OptionalDouble;

/**
 * How long incidents last when some have not ended: the estimate of Kaplan and Meier (1958), by which an open incident counts as lasting
 * at least until now. Its confidence band has 95 %, with Greenwood's variance on the scale of log(−log S), which keeps it between 0 and 1
 * and is sound for few incidents (Kalbfleisch and Prentice 1980). Durations come in their order, each once, and none is kept; they may
 * have any unit.
 */
final class Survival {
    /** The 97.5th percentile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    private final Crossing median = new Crossing();
    private final Crossing low = new Crossing();
    private final Crossing high = new Crossing();

    private long atRisk;
    private double share = 1;
    private double greenwood;
    private double area;
    private double latest;

    /** @param incidents how many will come, open and ended */
    Survival(long incidents) {
        this.atRisk = incidents;
    }

    /**
     * The incidents of one duration, longer than that before.
     *
     * @param ended how many of them ended then; of the others it is known that they last longer
     */
    void take(double duration, long ended, long open) {
        area += share * (duration - latest);
        latest = duration;
        if (ended > 0) {
            // Without open ones the product telescopes, and the last share is exactly 0.
            share *= (double) (atRisk - ended) / atRisk;
            greenwood += (double) ended / ((double) atRisk * (atRisk - ended));
            median.fall(duration, share);
            if (share > 0) {
                low.fall(duration, low());
                high.fall(duration, high());
            }
        }
        atRisk -= ended + open;
    }

    /** How many are left that last longer. */
    long atRisk() {
        return atRisk;
    }

    /** The share that lasts longer than the latest duration. */
    double share() {
        return share;
    }

    /** The lower end of its band; not a number once nothing lasts longer. */
    double low() {
        return band(1);
    }

    /** The upper end of its band; not a number once nothing lasts longer. */
    double high() {
        return band(-1);
    }

    private double band(int side) {
        if (share == 1) {
            return 1;
        }
        double log = StrictMath.log(share);
        double width = Z * StrictMath.sqrt(greenwood) / -log;
        return StrictMath.exp(log * StrictMath.exp(side * width));
    }

    /**
     * The duration that half of them exceed. Where the estimate is exactly a half for a while, the middle of that while, as in R and as the
     * median of an even number; empty where fewer than half have ended.
     */
    OptionalDouble median() {
        return median.place();
    }

    /** The lower end of the median's band, found on the band as the median is on the estimate. */
    OptionalDouble medianLow() {
        return low.place();
    }

    /** The upper end of the median's band; empty where it is open. */
    OptionalDouble medianHigh() {
        return high.place();
    }

    /** The mean duration up to the longest one that was seen, ended or not: the area under the estimate. */
    double restrictedMean() {
        return area;
    }

    /** Where a falling curve of steps crosses a half. */
    private static final class Crossing {
        /** As {@code survfit} of R has it: products of fractions miss a half by a little. */
        private static final double TOLERANCE = 1.4901161193847656e-8;

        private double begin = Double.NaN;
        private double end = Double.NaN;
        private double level = Double.NaN;

        void fall(double duration, double height) {
            if (Double.isNaN(begin)) {
                if (height < 0.5 + TOLERANCE) {
                    begin = duration;
                    level = height;
                }
            } else if (Double.isNaN(end) && height < level) {
                end = duration;
            }
        }

        OptionalDouble place() {
            if (Double.isNaN(begin)) {
                return OptionalDouble.empty();
            }
            boolean flat = Math.abs(level - 0.5) < TOLERANCE && !Double.isNaN(end);
            return OptionalDouble.of(flat ? (begin + end) / 2 : begin);
        }
    }
}
