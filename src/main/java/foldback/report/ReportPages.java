package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.report.ReportPage.Charts;
import foldback.report.ReportPage.Definition;
import foldback.report.ReportPage.InWindow;
import foldback.report.ReportPage.Term;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Makes the page of a report: its parts are of one snapshot, and of the same now. */
@Singleton
class ReportPages {
    private final ReportSnapshot snapshot;
    private final ResolutionTimes times;
    private final Distributions distributions;
    private final ObjectMapper json;

    ReportPages(ReportSnapshot snapshot, ResolutionTimes times, Distributions distributions, ObjectMapper json) {
        this.snapshot = snapshot;
        this.times = times;
        this.distributions = distributions;
        this.json = json;
    }

    /**
     * What the database found.
     *
     * @param total the row of all incidents together
     * @param spans a row a day, week or month in which there was an incident
     */
    record Parts(Report report, ReportRow total, List<ReportRow> spans, Distribution distribution) {}

    Parts ask(Question question) {
        return snapshot.ask(question, session -> parts(session, question));
    }

    private Parts parts(Session session, Question question) {
        ResolutionTimes.Found found = times.found(session, question);
        ReportRow total = question.keys().isEmpty()
                ? found.rows().get(0)
                : times.found(session, question.ungrouped()).rows().get(0);
        List<ReportRow> spans = times.found(session, Trend.question(question)).rows();
        return new Parts(Report.of(question, found, json), total, spans, distributions.found(session, question));
    }

    static ReportPage page(Question question, Parts parts) {
        Report report = parts.report();
        PageTable table = PageTable.of(question, report.rows());
        Duration target = question.target();
        return new ReportPage(
                report.header(),
                words(question, question.window()),
                filter(question),
                target == null ? null : KeyFigures.words(target),
                question.compared() ? words(question, question.window().previous()) : null,
                KeyFigures.of(question, parts.total()),
                charts(question, parts),
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

    private static @Nullable Charts charts(Question question, Parts parts) {
        Trend trend = Trend.of(question, parts.spans());
        Distribution distribution = parts.distribution();
        if (distribution.buckets().isEmpty() || trend.spans().isEmpty()) {
            return null;
        }
        @Nullable BigDecimal median = parts.total().ttrMedianSurvivalSeconds();
        @Nullable Duration asked = question.target();
        @Nullable BigDecimal target = asked == null ? null : KeyFigures.seconds(asked);
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
