package foldback.web;

import foldback.report.ReportRow;
import foldback.web.Trend.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trend: above, median and 90th percentile of each span; below, its incidents. Where nothing was resolved, lines have a gap.
 *
 * @param durations the axis of the lines; empty where nothing was resolved at all
 * @param spans the axis below both
 */
public record TrendChart(
        Line median,
        Line p90,
        List<Tick> durations,
        List<Bar> bars,
        List<Tick> counts,
        List<Tick> spans,
        String summary) {

    private static final int STEPS = 2;
    private static final Drawn CANVAS = new Drawn(14, 254, 286);
    private static final int LINES_END = 168;
    private static final int BARS_BEGIN = 194;

    private static final double WIDEST = 48;
    private static final double ROOM = 76;
    private static final double ROOM_ON_A_PHONE = 150;

    /**
     * One value a span.
     *
     * @param path through those that follow each other
     */
    public record Line(String path, List<Dot> dots) {}

    /** A value, and what it says in words. */
    public record Dot(String x, String y, String label) {}

    public Drawn canvas() {
        return CANVAS;
    }

    static TrendChart of(Trend trend) {
        List<ReportRow> rows =
                trend.spans().stream().map(Span::row).filter(Objects::nonNull).toList();
        DurationAxis durations = durations(rows);
        CountAxis counts = new CountAxis(
                rows.stream().mapToLong(ReportRow::incidents).max().orElse(0), STEPS, CANVAS.bottom(), BARS_BEGIN);
        List<Bar> bars = new ArrayList<>();
        for (int at = 0; at < trend.spans().size(); at++) {
            bars.add(bar(trend, at, counts));
        }
        return new TrendChart(
                line(trend, ReportRow::ttrMedianSeconds, durations, "median"),
                line(trend, ReportRow::ttrP90Seconds, durations, "90 % within"),
                values(rows).findAny().isEmpty() ? List.of() : durations.ticks(InWords::border),
                bars,
                counts.ticks(),
                spans(trend),
                bars.stream().map(Bar::label).collect(Collectors.joining("; ", "", ".")));
    }

    private static Stream<BigDecimal> values(List<ReportRow> rows) {
        return rows.stream()
                .flatMap(row -> Stream.of(row.ttrMedianSeconds(), row.ttrP90Seconds()))
                .filter(Objects::nonNull);
    }

    private static DurationAxis durations(List<ReportRow> rows) {
        double shortest =
                values(rows).mapToDouble(BigDecimal::doubleValue).min().orElse(0);
        double longest = values(rows).mapToDouble(BigDecimal::doubleValue).max().orElse(0);
        return DurationAxis.around(shortest, longest, LINES_END, CANVAS.top());
    }

    private static double width(Trend trend) {
        return (double) (Drawn.RIGHT - Drawn.LEFT) / trend.spans().size();
    }

    private static Line line(
            Trend trend, Function<ReportRow, @Nullable BigDecimal> value, DurationAxis axis, String what) {
        StringBuilder path = new StringBuilder();
        List<Dot> dots = new ArrayList<>();
        boolean gap = true;
        for (int at = 0; at < trend.spans().size(); at++) {
            Span span = trend.spans().get(at);
            BigDecimal seconds = span.row() == null ? null : value.apply(span.row());
            if (seconds != null) {
                String x = Drawn.at(Drawn.LEFT + (at + 0.5) * width(trend));
                String y = Drawn.at(axis.place(seconds.doubleValue()));
                path.append(gap ? "M" : "L").append(x).append(' ').append(y);
                dots.add(new Dot(x, y, span.key() + ": " + what + " " + InWords.duration(seconds)));
            }
            gap = seconds == null;
        }
        return new Line(path.toString(), dots);
    }

    private static Bar bar(Trend trend, int at, CountAxis counts) {
        Span span = trend.spans().get(at);
        ReportRow row = span.row();
        long resolved = row == null ? 0 : row.resolved();
        long open = row == null ? 0 : row.open();
        double middle = Drawn.LEFT + (at + 0.5) * width(trend);
        double half = Math.min(width(trend), WIDEST) / 2;
        String label = span.key() + ": " + InWords.count(resolved) + " resolved, " + InWords.count(open) + " open";
        return Bar.of(middle - half, middle + half, resolved, open, counts, label);
    }

    private static List<Tick> spans(Trend trend) {
        int every = (int) Math.ceil(ROOM / width(trend));
        int everyOnAPhone = every * (int) Math.ceil(ROOM_ON_A_PHONE / (every * width(trend)));
        List<Tick> ticks = new ArrayList<>();
        int year = 0;
        for (int at = 0; at < trend.spans().size(); at += every) {
            Span span = trend.spans().get(at);
            String label = trend.unit().label(span.begin(), span.begin().getYear() != year);
            year = span.begin().getYear();
            ticks.add(new Tick(Drawn.at(Drawn.LEFT + (at + 0.5) * width(trend)), label, at % everyOnAPhone != 0));
        }
        return ticks;
    }
}
