package foldback.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Durations as the database sums them up, in microseconds, and as clients see them: seconds, to the microsecond, which is rounded to behind
 * the last step of a calculation only.
 */
final class Micros {
    private static final int SECONDS = 6;

    /** A duration between two instants in SQL; null where one of them is. Never negative, for two clocks may disagree. */
    static String interval(String begin, String end) {
        return "case when %2$s < %1$s then interval '0' else %2$s - %1$s end".formatted(begin, end);
    }

    /**
     * An interval in SQL as a whole number of microseconds. A double tells microseconds of a hundred years apart, and is calculated with in a
     * fifth of the time that numerics take.
     */
    static String of(String interval) {
        return "cast(date_part('epoch', %s) * 1000000 as bigint)".formatted(interval);
    }

    /** An {@link #interval} in microseconds. */
    static String between(String begin, String end) {
        return of(interval(begin, end));
    }

    private Micros() {}

    static @Nullable BigDecimal seconds(@Nullable Number micros) {
        if (micros == null) {
            return null;
        }
        BigDecimal whole = micros instanceof Double real ? new BigDecimal(real) : new BigDecimal(micros.toString());
        return seconds(whole.setScale(0, RoundingMode.HALF_EVEN));
    }

    /** The mean of so many durations; null of none. */
    static @Nullable BigDecimal mean(@Nullable BigDecimal total, long count) {
        return total == null || count == 0
                ? null
                : seconds(total.divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_EVEN));
    }

    /** @param whole a whole number of microseconds */
    static BigDecimal seconds(BigDecimal whole) {
        BigDecimal seconds = whole.movePointLeft(SECONDS).stripTrailingZeros();
        // Stripped of its zeros, 100 would be written as 1E+2.
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
