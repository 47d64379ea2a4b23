package foldback.web;

import foldback.report.Distribution.Bucket;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of a distribution, from the first that is not empty.
 *
 * @param durations the borders of the bars
 * @param counts how high they are
 * @param median where it is known
 * @param target where one was asked for
 * @param summary what is to be seen, in words
 */
public record HistogramChart(
        List<Bar> bars,
        List<Tick> durations,
        List<Tick> counts,
        @Nullable Mark median,
        @Nullable Mark target,
        String summary) {

    private static final int STEPS = 4;
    private static final Drawn CANVAS = new Drawn(46, 200, 232);

    /** Of one or two buckets the bars would be as wide as the page. */
    private static final int FEWEST = 8;

    public Drawn canvas() {
        return CANVAS;
    }

    static HistogramChart of(
            List<Bucket> all, @Nullable BigDecimal median, @Nullable BigDecimal target, DurationAxis axis) {
        List<Bucket> buckets = shown(all);
        CountAxis counts = new CountAxis(
                buckets.stream()
                        .mapToLong(bucket -> bucket.count() + bucket.open())
                        .max()
                        .orElse(0),
                STEPS,
                CANVAS.bottom(),
                CANVAS.top());
        return new HistogramChart(
                buckets.stream().map(bucket -> bar(bucket, axis, counts)).toList(),
                axis.ticks(InWords::border),
                counts.ticks(),
                mark("median ", median, axis),
                mark("target ", target, axis),
                summary(buckets));
    }

    /** The axis of the buckets; the survival curve has the same. */
    static DurationAxis axis(List<Bucket> all) {
        List<Bucket> buckets = shown(all);
        List<Long> borders = Stream.concat(
                        Stream.of(buckets.get(0).fromSeconds()),
                        buckets.stream().map(Bucket::toSeconds))
                .toList();
        return new DurationAxis(borders, Drawn.LEFT, Drawn.RIGHT);
    }

    private static List<Bucket> shown(List<Bucket> all) {
        int first = 0;
        while (first < all.size() - FEWEST
                && all.get(first).count() + all.get(first).open() == 0) {
            first++;
        }
        return all.subList(first, all.size());
    }

    private static Bar bar(Bucket bucket, DurationAxis axis, CountAxis counts) {
        return Bar.of(
                axis.place((double) bucket.fromSeconds()),
                axis.place((double) bucket.toSeconds()),
                bucket.count(),
                bucket.open(),
                counts,
                words(bucket));
    }

    private static String words(Bucket bucket) {
        return "%s to %s: %s resolved, %s open"
                .formatted(
                        InWords.border(bucket.fromSeconds()),
                        InWords.border(bucket.toSeconds()),
                        InWords.count(bucket.count()),
                        InWords.count(bucket.open()));
    }

    static @Nullable Mark mark(String what, @Nullable BigDecimal seconds, DurationAxis axis) {
        return seconds == null
                ? null
                : Mark.at(axis.place(seconds.doubleValue()), CANVAS.top(), what + InWords.duration(seconds));
    }

    private static String summary(List<Bucket> buckets) {
        return buckets.stream()
                .filter(bucket -> bucket.count() + bucket.open() > 0)
                .map(HistogramChart::words)
                .collect(Collectors.joining("; ", "", "."));
    }
}
