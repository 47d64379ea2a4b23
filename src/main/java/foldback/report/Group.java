package foldback.report;

import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One group of a report: what the database summed up of it, and what its durations tell in their order. */
final class Group {
    /** So that the same report says the same; each window has its own. */
    private static final long SEED = 20250304;

    private final Tuple totals;
    private final long incidents;
    private final long resolved;
    private final Sums sums;
    private final Survival survival;
    private final Percentiles ttr;
    private final Percentiles earliest;
    private final Percentiles tta;

    /** Of those that ended, and of the open ones: durations come upwards, so that the latest is the longest. */
    private @Nullable Long longest;

    private @Nullable Long oldest;
    private @Nullable MedianBootstrap drawing;
    private double @Nullable [] medians;

    Group(Tuple totals, @Nullable Duration target) {
        this.totals = totals;
        this.sums = new Sums(target);
        this.resolved = count("certain") + count("uncertain");
        this.incidents = resolved + count("open");
        this.survival = new Survival(incidents);
        this.ttr = new Percentiles(resolved, 0.5, 0.75, 0.9, 0.95);
        this.earliest = new Percentiles(resolved, 0.5);
        this.tta = new Percentiles(count("acknowledged"), 0.5, 0.9);
    }

    /** @param current whether its window is the one that is reported */
    void begin(boolean compared, boolean current) {
        if (compared && resolved > 0) {
            drawing = new MedianBootstrap(resolved, new Random(current ? SEED : SEED + 1));
        }
    }

    void take(Passing passing) {
        sums.take(passing);
        double micros = (double) passing.micros();
        if (passing.ended() + passing.open() > 0) {
            survival.take(micros, passing.ended(), passing.open());
        }
        longest = passing.ended() > 0 ? Long.valueOf(passing.micros()) : longest;
        oldest = passing.open() > 0 ? Long.valueOf(passing.micros()) : oldest;
        if (drawing != null && passing.ended() > 0) {
            drawing.take(micros, passing.ended());
        }
        ttr.take(micros, passing.ended());
        earliest.take(micros, passing.certain() + passing.earliest());
        tta.take(micros, passing.acknowledged());
    }

    void end() {
        medians = drawing == null ? null : drawing.medians();
        drawing = null;
    }

    /** How it changed since the same group in the window before, where there is one. */
    Change since(@Nullable Group before) {
        return before == null || before.medians == null || medians == null
                ? Change.unknown()
                : Change.of(median() - before.median(), Math.min(resolved, before.resolved), medians, before.medians);
    }

    ReportRow row(Map<String, @Nullable Object> names, boolean targeted, @Nullable Change change) {
        return new ReportRow(
                names,
                incidents,
                resolved,
                incidents - resolved,
                Micros.seconds(oldest),
                count("acknowledged"),
                share(count("uncertain"), resolved),
                Micros.mean(sums.ttr(), resolved),
                seconds(ttr.get(0)),
                seconds(ttr.get(1)),
                seconds(ttr.get(2)),
                seconds(ttr.get(3)),
                Micros.seconds(longest),
                Micros.mean(sums.ttrEarliest(), resolved),
                seconds(earliest.get(0)),
                seconds(survival.median()),
                seconds(survival.medianLow()),
                seconds(survival.medianHigh()),
                incidents == 0 ? null : Micros.seconds(survival.restrictedMean()),
                Micros.mean(sums.tta(), count("acknowledged")),
                seconds(tta.get(0)),
                seconds(tta.get(1)),
                Micros.mean(sum("gaps"), count("gap_count")),
                share(count("fired_again"), count("could_fire_again")),
                targeted ? share(sums.inTarget(), sums.couldBeInTarget()) : null,
                Micros.seconds(orElse(sum("open_time"), sums.lasted())),
                Micros.seconds(orElse(sum("unobserved"), BigDecimal.ZERO)),
                change);
    }

    private long count(String column) {
        return totals.get(column, Long.class);
    }

    private double median() {
        return ttr.get(0).orElseThrow();
    }

    private @Nullable BigDecimal sum(String column) {
        return totals.get(column, BigDecimal.class);
    }

    private static @Nullable BigDecimal seconds(OptionalDouble micros) {
        return micros.isPresent() ? Micros.seconds(micros.getAsDouble()) : null;
    }

    private static BigDecimal orElse(@Nullable BigDecimal sum, BigDecimal other) {
        return sum == null ? other : sum;
    }

    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }
}
