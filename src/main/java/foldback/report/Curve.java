package foldback.report;

import foldback.report.Distribution.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The points of a {@link Survival} estimate: one at each duration at which an incident ended, and one at the longest. A curve of too many
 * steps is thinned: what is left out differs so little from the point before it that nobody could see it, and what is kept is exact.
 */
final class Curve {
    /** So many steps are given as they are. */
    static final int MOST_WHOLE = 2000;

    /** Of more than that, a step is given where the share has fallen by so much since the last that was given. */
    static final double FALL = 0.001;

    /** Or where the duration is so many times longer: the end of a curve is low, and long. With {@link #FALL}, fewer than 3,000 steps. */
    static final double GROWTH = 1.02;

    private final Survival survival;
    private final List<Point> whole = new ArrayList<>();
    private final List<Point> thinned = new ArrayList<>();
    private long steps;
    private double keptShare = 1;
    private double keptDuration;
    private @Nullable Point latest;

    /** @param incidents how many will come, open and ended */
    Curve(long incidents) {
        survival = new Survival(incidents);
    }

    /** The incidents of one duration in microseconds, longer than that before. */
    void take(long duration, long ended, long open) {
        long atRisk = survival.atRisk();
        survival.take((double) duration, ended, open);
        Point point = point(duration, atRisk);
        latest = point;
        if (ended == 0) {
            return;
        }
        steps++;
        if (steps <= MOST_WHOLE) {
            whole.add(point);
        }
        if (thinned.isEmpty() || point.share() <= keptShare - FALL || duration >= keptDuration * GROWTH) {
            thinned.add(point);
            keptShare = point.share();
            keptDuration = duration;
        }
    }

    private Point point(long duration, long atRisk) {
        return new Point(
                Objects.requireNonNull(Micros.seconds(duration)),
                survival.share(),
                orNull(survival.low()),
                orNull(survival.high()),
                atRisk);
    }

    private static @Nullable Double orNull(double end) {
        return Double.isNaN(end) ? null : end;
    }

    /** At how many durations an incident ended. */
    long steps() {
        return steps;
    }

    /** The points, by their durations. */
    List<Point> points() {
        List<Point> points = new ArrayList<>(steps <= MOST_WHOLE ? whole : thinned);
        if (latest != null
                && (points.isEmpty() || !points.get(points.size() - 1).equals(latest))) {
            points.add(latest);
        }
        return List.copyOf(points);
    }
}
