package foldback.web;

import foldback.report.Distribution;
import foldback.report.Distribution.Bucket;
import foldback.report.Distribution.Point;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The survival curve with its band.
 *
 * @param curve the path of the estimate
 * @param band the outline of its 95 % band
 * @param shares the axis of shares
 * @param atRisk below the ticks of durations: how many incidents have lasted at least as long
 * @param median where it is reached
 * @param target where one was asked for
 * @param summary what is to be seen, in words
 */
public record SurvivalChart(
        String curve,
        String band,
        List<Tick> durations,
        List<Tick> shares,
        List<Tick> atRisk,
        @Nullable Mark median,
        @Nullable Mark target,
        String summary) {

    private static final Drawn CANVAS = new Drawn(28, 208, 248);

    private static final int[] PERCENT = {0, 25, 50, 75, 100};

    public Drawn canvas() {
        return CANVAS;
    }

    static SurvivalChart of(
            Distribution distribution, @Nullable BigDecimal median, @Nullable BigDecimal target, DurationAxis axis) {
        return new SurvivalChart(
                curve(distribution.survival(), axis),
                band(distribution.survival(), axis),
                axis.ticks(InWords::border),
                quarters(),
                axis.ticks(border -> InWords.count(atRisk(distribution.buckets(), border))),
                median == null ? null : median(median, axis),
                HistogramChart.mark("target ", target, axis),
                summary(distribution.buckets()));
    }

    private static Mark median(BigDecimal seconds, DurationAxis axis) {
        return Mark.at(axis.place(seconds.doubleValue()), height(0.5), "median " + InWords.duration(seconds));
    }

    private static double height(double share) {
        return CANVAS.bottom() + share * (CANVAS.top() - CANVAS.bottom());
    }

    private static String curve(List<Point> points, DurationAxis axis) {
        StringBuilder path = new StringBuilder("M" + Drawn.LEFT + " " + Drawn.at(height(1)));
        for (Point point : points) {
            path.append(step(axis.place(point.seconds().doubleValue()), point.share()));
        }
        return path.toString();
    }

    private static String step(double x, double share) {
        return "H" + Drawn.at(x) + "V" + Drawn.at(height(share));
    }

    /** There along the upper ends and back along the lower ones. */
    private static String band(List<Point> points, DurationAxis axis) {
        StringBuilder there = new StringBuilder("M" + Drawn.LEFT + " " + Drawn.at(height(1)));
        Deque<String> back = new ArrayDeque<>();
        double lower = 1;
        double from = Drawn.LEFT;
        for (Point point : points) {
            double x = axis.place(point.seconds().doubleValue());
            there.append("H").append(Drawn.at(x));
            back.addFirst("V" + Drawn.at(height(lower)) + "H" + Drawn.at(from));
            Double low = point.low();
            Double high = point.high();
            if (low == null || high == null) {
                break;
            }
            there.append("V").append(Drawn.at(height(high)));
            lower = low;
            from = x;
        }
        return there + String.join("", back) + "Z";
    }

    private static List<Tick> quarters() {
        List<Tick> ticks = new ArrayList<>();
        for (int percent : PERCENT) {
            ticks.add(new Tick(Drawn.at(height(percent / 100.0)), percent + "\u00A0%", false));
        }
        return ticks;
    }

    private static String summary(List<Bucket> buckets) {
        long all = atRisk(buckets, 0);
        return buckets.stream()
                .map(bucket -> InWords.count(atRisk(buckets, bucket.toSeconds())) + " have lasted "
                        + InWords.border(bucket.toSeconds()) + " or longer")
                .collect(Collectors.joining("; ", "Of " + InWords.count(all) + " incidents ", "."));
    }

    /** What lies in the buckets from this border on has lasted at least as long. */
    private static long atRisk(List<Bucket> buckets, long border) {
        return buckets.stream()
                .filter(bucket -> bucket.fromSeconds() >= border)
                .mapToLong(bucket -> bucket.count() + bucket.open())
                .sum();
    }
}
