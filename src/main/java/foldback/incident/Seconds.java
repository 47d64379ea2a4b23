package foldback.incident;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Durations as clients see them: exact seconds, whole ones without a fraction. {@code 95.386}, {@code 100}. */
public final class Seconds {
    /** In seconds, as are the others. */
    public static final long MINUTE = 60;

    public static final long HOUR = 60 * MINUTE;
    public static final long DAY = 24 * HOUR;

    /** Of 365 days, whatever the calendar says. */
    public static final long YEAR = 365 * DAY;

    private static final int MICROS = 6;

    private Seconds() {}

    /** To the microsecond; what is less is cut. */
    public static BigDecimal of(Duration duration) {
        long micros = duration.getSeconds() * 1_000_000 + duration.getNano() / 1000;
        int scale = MICROS;
        while (scale > 0 && micros % 10 == 0) {
            micros /= 10;
            scale--;
        }
        return BigDecimal.valueOf(micros, scale);
    }

    /** Null where the end is; zero where it lies before the beginning, as of two clocks it may. */
    public static @Nullable BigDecimal between(Instant begin, @Nullable Instant end) {
        return end == null ? null : of(atLeastZero(begin, end));
    }

    static Duration atLeastZero(Instant begin, Instant end) {
        return end.isBefore(begin) ? Duration.ZERO : Duration.between(begin, end);
    }
}
