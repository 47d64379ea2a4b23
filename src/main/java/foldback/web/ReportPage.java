package foldback.web;

import foldback.report.Report;
import foldback.report.Window;
import foldback.web.KeyFigures.Figure;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report to be printed or sent on, {@code templates/ReportPage.html}: one file that needs nothing else.
 *
 * @param header the facts
 * @param window the window in words
 * @param filter what the incidents have in common
 * @param target in words; null where none was asked for
 * @param before the window that it is compared with; null where it is not
 * @param figures of all incidents together
 * @param charts null where there is nothing to draw
 * @param definitions what the columns mean
 * @param styles how it looks
 */
public record ReportPage(
        Report.Header header,
        InWindow window,
        List<Term> filter,
        @Nullable String target,
        @Nullable InWindow before,
        List<Figure> figures,
        @Nullable Charts charts,
        PageTable table,
        List<Definition> definitions,
        String styles)
        implements TemplateInstance {

    /**
     * A window in words.
     *
     * @param of what the incidents do in it: {@code opened}
     * @param since in the zone of the report, to the minute
     * @param until likewise
     * @param exactly its bounds
     */
    public record InWindow(String of, String since, String until, Window exactly) {}

    /**
     * A filter.
     *
     * @param values any of which it names
     */
    public record Term(Legible name, boolean excluding, List<Legible> values) {}

    /**
     * What a column means.
     *
     * @param name the one it has in a file
     * @param label the one it has in the table; null where it is in files only
     */
    public record Definition(String name, @Nullable String label, String text) {}

    /**
     * All that is drawn.
     *
     * @param sha256 over the distribution that the first two draw
     * @param span the unit of the trend, in words
     * @param trendSummary what is to be seen in it, in words
     */
    public record Charts(
            HistogramChart histogram,
            SurvivalChart survival,
            TrendChart trend,
            String sha256,
            String span,
            String trendSummary) {}
}
