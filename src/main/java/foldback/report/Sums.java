package foldback.report;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the durations of a group add up to, in microseconds: exactly, since a million of years-old incidents are more than a long holds. */
final class Sums {
    private final long target;
    private BigDecimal ttr = BigDecimal.ZERO;
    private BigDecimal ttrEarliest = BigDecimal.ZERO;
    private BigDecimal tta = BigDecimal.ZERO;
    private BigDecimal lasted = BigDecimal.ZERO;
    private long inTarget;
    private long couldBeInTarget;

    /** @param target in which incidents should end; null: none is counted as having done so */
    Sums(@Nullable Duration target) {
        this.target = target == null ? -1 : target.toNanos() / 1000;
    }

    void take(Passing passing) {
        BigDecimal micros = BigDecimal.valueOf(passing.micros());
        ttr = ttr.add(times(micros, passing.ended()));
        ttrEarliest = ttrEarliest.add(times(micros, passing.certain() + passing.earliest()));
        tta = tta.add(times(micros, passing.acknowledged()));
        lasted = lasted.add(times(micros, passing.ended() + passing.open()));
        if (passing.micros() <= target) {
            inTarget += passing.ended();
            couldBeInTarget += passing.ended();
        } else {
            couldBeInTarget += passing.ended() + passing.open();
        }
    }

    private static BigDecimal times(BigDecimal micros, long count) {
        return micros.multiply(BigDecimal.valueOf(count));
    }

    /** Of those that ended, until they did at the latest. */
    BigDecimal ttr() {
        return ttr;
    }

    /** Of the same, until they did at the earliest. */
    BigDecimal ttrEarliest() {
        return ttrEarliest;
    }

    /** Until they were acknowledged. */
    BigDecimal tta() {
        return tta;
    }

    /** Of all, those that still last until now. */
    BigDecimal lasted() {
        return lasted;
    }

    /** How many ended in the target. */
    long inTarget() {
        return inTarget;
    }

    /** The same, and those that can no longer do so, or did not. */
    long couldBeInTarget() {
        return couldBeInTarget;
    }
}
