package foldback.report;

import java.util.OptionalDouble;

/**
 * Percentiles as PostgreSQL's {@code percentile_cont} has them, between the two values beside their place. The values come in their order,
 * and none is kept.
 */
final class Percentiles {
    private final double[] places;
    private final double[] below;
    private final double[] above;
    private final long count;
    private long seen;

    /**
     * @param count how many values will come
     * @param shares from 0 to 1
     */
    Percentiles(long count, double... shares) {
        this.count = count;
        places = new double[shares.length];
        below = new double[shares.length];
        above = new double[shares.length];
        for (int at = 0; at < shares.length; at++) {
            places[at] = shares[at] * (count - 1);
        }
    }

    /** A value that is not less than the one before. */
    void take(double value, long times) {
        for (int at = 0; at < places.length; at++) {
            if (holds(Math.floor(places[at]), times)) {
                below[at] = value;
            }
            if (holds(Math.ceil(places[at]), times)) {
                above[at] = value;
            }
        }
        seen += times;
    }

    private boolean holds(double place, long times) {
        return place >= seen && place < seen + times;
    }

    /**
     * Once all have come; empty where there are none.
     *
     * @param at which of the shares
     */
    OptionalDouble get(int at) {
        if (count == 0) {
            return OptionalDouble.empty();
        }
        double between = places[at] - Math.floor(places[at]);
        return OptionalDouble.of(below[at] + between * (above[at] - below[at]));
    }
}
