package foldback.web;

import foldback.report.Question;
import foldback.report.ReportRow;
import foldback.report.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a window went, by days, weeks or months in the zone of the report.
 *
 * @param spans all of the window that have begun, those without incidents too
 * @param cut whether the first or the last one is only partly in the window
 * @param earlier incidents that were opened before the window, of the cohort overlaps
 */
record Trend(Unit unit, List<Span> spans, boolean cut, long earlier) {

    /** @param row what was found; null where there was nothing */
    record Span(LocalDate begin, String key, @Nullable ReportRow row) {}

    /** As many spans as can be told apart on paper, and enough for a trend. */
    enum Unit {
        DAY("day", 1, 62),
        WEEK("week", 7, 62),
        MONTH("month", 30, Long.MAX_VALUE);

        private final String key;
        private final long days;
        private final long most;

        Unit(String key, long days, long most) {
            this.key = key;
            this.days = days;
            this.most = most;
        }

        static Unit of(Window window) {
            long days = Duration.between(window.since(), window.until()).toDays();
            return days <= DAY.days * DAY.most ? DAY : days <= WEEK.days * WEEK.most ? WEEK : MONTH;
        }

        /** As a report groups by it. */
        String key() {
            return key;
        }

        /** The value of that key, as the database writes it. */
        String key(LocalDate begin) {
            return switch (this) {
                case DAY -> begin.toString();
                case WEEK ->
                    String.format(
                            Locale.ROOT,
                            "%04d-W%02d",
                            begin.get(IsoFields.WEEK_BASED_YEAR),
                            begin.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
                case MONTH -> YearMonth.from(begin).toString();
            };
        }

        /** What stands below it on an axis. */
        String label(LocalDate begin, boolean ofNewYear) {
            String month = InWords.month(begin.getMonthValue());
            String day = this == MONTH ? month : begin.getDayOfMonth() + "\u00A0" + month;
            return ofNewYear ? day + "\u00A0" + begin.getYear() : day;
        }

        LocalDate begin(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        LocalDate next(LocalDate begin) {
            return switch (this) {
                case DAY -> begin.plusDays(1);
                case WEEK -> begin.plusDays(7);
                case MONTH -> begin.plusMonths(1);
            };
        }
    }

    /** @param rows a row a span of the unit that fits the window */
    static Trend of(Question question, List<ReportRow> rows) {
        Unit unit = Unit.of(question.window());
        Map<String, ReportRow> found = new HashMap<>();
        rows.forEach(row -> found.put(Objects.toString(row.group().get(unit.key())), row));
        ZoneId zone = ZoneId.of(question.tz());
        Instant end = question.now().isBefore(question.window().until())
                ? question.now()
                : question.window().until();
        List<Span> spans = new ArrayList<>();
        LocalDate begin = unit.begin(LocalDate.ofInstant(question.window().since(), zone));
        boolean cut =
                begin.atStartOfDay(zone).toInstant().isBefore(question.window().since());
        while (begin.atStartOfDay(zone).toInstant().isBefore(end)) {
            String key = unit.key(begin);
            spans.add(new Span(begin, key, found.remove(key)));
            begin = unit.next(begin);
        }
        long earlier = found.values().stream().mapToLong(ReportRow::incidents).sum();
        return new Trend(
                unit,
                List.copyOf(spans),
                cut || !begin.atStartOfDay(zone).toInstant().equals(end),
                earlier);
    }

    /** What a reader should know about it. */
    String summary() {
        StringBuilder summary = new StringBuilder();
        if (cut) {
            summary.append(" The first or the last ").append(unit.key()).append(" is cut by the window.");
        }
        if (earlier > 0) {
            summary.append(" Not shown: ").append(InWords.count(earlier)).append(" opened before the window.");
        }
        return summary.toString();
    }
}
