package foldback.web;

import foldback.incident.Seconds;
import foldback.report.Distribution;
import foldback.report.FullReport;
import foldback.report.Question;
import foldback.report.Report;
import foldback.report.Window;
import foldback.web.ReportPage.Charts;
import foldback.web.ReportPage.Definition;
import foldback.web.ReportPage.InWindow;
import foldback.web.ReportPage.Term;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the page of a report. */
final class ReportPages {
    private ReportPages() {}

    /** @param full what was answered to the question, with spans of the trend's unit */
    static ReportPage page(Question question, FullReport full) {
        Report report = full.report();
        PageTable table = PageTable.of(question, report.rows());
        Duration target = question.target();
        return new ReportPage(
                report.header(),
                words(question, question.window()),
                filter(question),
                target == null ? null : KeyFigures.words(target),
                question.compared() ? words(question, question.window().previous()) : null,
                KeyFigures.of(question, full.total()),
                charts(question, full),
                table,
                definitions(report.definitions(), table.labels()),
                Styles.CSS);
    }

    /** The file. It escapes all that is inserted, but for the styles. */
    static byte[] bytes(ReportPage page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        page.consume(text -> bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8)))
                .toCompletableFuture()
                .join();
        return bytes.toByteArray();
    }

    private static InWindow words(Question question, Window window) {
        ZoneId zone = ZoneId.of(question.tz());
        String of =
                switch (question.cohort()) {
                    case OPENED -> "opened";
                    case RESOLVED -> "resolved";
                    case OVERLAPS -> "open at some time";
                };
        return new InWindow(of, InWords.moment(window.since(), zone), InWords.moment(window.until(), zone), window);
    }

    private static List<Term> filter(Question question) {
        return question.filter().entrySet().stream()
                .map(each -> term(each.getKey(), each.getValue()))
                .toList();
    }

    private static Term term(String name, List<String> values) {
        boolean excluding = name.endsWith("!");
        return new Term(
                Legible.of(excluding ? name.substring(0, name.length() - 1) : name),
                excluding,
                values.stream().map(Legible::of).toList());
    }

    private static @Nullable Charts charts(Question question, FullReport full) {
        Trend trend = Trend.of(question, full.spans());
        Distribution distribution = full.distribution();
        if (distribution.buckets().isEmpty() || trend.spans().isEmpty()) {
            return null;
        }
        @Nullable BigDecimal median = full.total().ttrMedianSurvivalSeconds();
        @Nullable Duration asked = question.target();
        @Nullable BigDecimal target = asked == null ? null : Seconds.of(asked);
        DurationAxis axis = HistogramChart.axis(distribution.buckets());
        return new Charts(
                HistogramChart.of(distribution.buckets(), median, target, axis),
                SurvivalChart.of(distribution, median, target, axis),
                TrendChart.of(trend),
                distribution.header().sha256(),
                trend.unit().key(),
                trend.summary());
    }

    private static List<Definition> definitions(Map<String, String> all, Map<String, String> labels) {
        return all.entrySet().stream()
                .map(each -> new Definition(each.getKey(), labels.get(each.getKey()), each.getValue()))
                .toList();
    }
}
