package foldback.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The median TTR against that of the window before.
 *
 * @param ttrMedianSeconds how much longer it has become, less than zero where it is shorter; null where either window has none
 * @param low the lower end of its 95 % interval, by bootstrap
 * @param high the upper end
 */
public record Change(
        @Nullable BigDecimal ttrMedianSeconds,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        Verdict verdict) {

    /** Fewer resolved incidents in either window say nothing about a median. */
    static final long FEWEST = 20;

    private static final double TAIL = 0.025;

    /** Whether outages became shorter. */
    public enum Verdict {
        BETTER,
        WORSE,
        CANNOT_TELL;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * Of two samples that were drawn again as often as each other.
     *
     * @param difference of the medians, in microseconds
     * @param resolved how many resolved incidents the smaller window has
     * @param now the medians of each time that it was drawn
     */
    static Change of(double difference, long resolved, double[] now, double[] before) {
        double[] differences = new double[now.length];
        Arrays.setAll(differences, sample -> now[sample] - before[sample]);
        Arrays.sort(differences);
        double low = quantile(differences, TAIL);
        double high = quantile(differences, 1 - TAIL);
        return new Change(
                Micros.seconds(difference), Micros.seconds(low), Micros.seconds(high), verdict(low, high, resolved));
    }

    /** Where one of the windows has no resolved incident. */
    static Change unknown() {
        return new Change(null, null, null, Verdict.CANNOT_TELL);
    }

    static Verdict verdict(double low, double high, long resolved) {
        if (resolved < FEWEST || (low <= 0 && high >= 0)) {
            return Verdict.CANNOT_TELL;
        }
        return high < 0 ? Verdict.BETTER : Verdict.WORSE;
    }

    /** Between the two neighbours, as {@code percentile_cont}. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (place - below) * (above - sorted[below]);
    }
}
