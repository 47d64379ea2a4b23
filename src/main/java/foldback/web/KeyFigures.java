package foldback.web;

import foldback.incident.Seconds;
import foldback.report.Change;
import foldback.report.Question;
import foldback.report.ReportRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader wants to know of all incidents together, before anything else. */
final class KeyFigures {
    private KeyFigures() {}

    /**
     * One of them.
     *
     * @param verdict whether it is better or worse than before; empty where that is not what it says
     */
    public record Figure(String label, Cell value, String verdict) {}

    /** @param total the report's row of all incidents together */
    static List<Figure> of(Question question, ReportRow total) {
        List<Figure> figures = new ArrayList<>();
        figures.add(
                figure("Incidents", Cell.count(total.incidents()).with(InWords.count(total.resolved()) + " resolved")));
        figures.add(figure("Open", Cell.count(total.open()).with(oldest(total))));
        figures.add(figure("Median time to resolve", median(total)));
        figures.add(figure(
                "90\u00A0% resolved within",
                Cell.duration(total.ttrP90Seconds()).with("of the resolved ones")));
        Duration target = question.target();
        if (target != null) {
            figures.add(figure(
                    "Within target", Cell.share(total.withinTargetShare()).with("resolved within " + words(target))));
        }
        Change change = total.change();
        if (change != null) {
            figures.add(new Figure(
                    "Since the window before",
                    change(change),
                    change.verdict().toString().replace(" ", "-")));
        }
        figures.add(figure("Acknowledged", acknowledged(total)));
        return figures;
    }

    static String words(Duration target) {
        return InWords.duration(Seconds.of(target));
    }

    private static Figure figure(String label, Cell value) {
        return new Figure(label, value, "");
    }

    private static String oldest(ReportRow total) {
        BigDecimal oldest = total.oldestOpenSeconds();
        return oldest == null ? "none is open" : "the oldest for " + InWords.duration(oldest);
    }

    private static Cell median(ReportRow total) {
        Cell median = Cell.survival(total);
        if (total.incidents() == 0) {
            return median;
        }
        String interval = median.note();
        return median.with((interval == null ? "" : "95\u00A0%: " + interval + "; ") + "open ones counted");
    }

    private static Cell change(Change change) {
        Cell difference = Cell.change(change);
        @Nullable String interval = Cell.interval(change.low(), change.high());
        String of = change.ttrMedianSeconds() == null ? "no median TTR to compare" : "median TTR " + difference.text();
        return new Cell(
                change.verdict().toString(),
                difference.exact(),
                "s",
                interval == null ? of : of + "; 95\u00A0%: " + interval);
    }

    private static Cell acknowledged(ReportRow total) {
        BigDecimal median = total.ttaMedianSeconds();
        return Cell.count(total.acknowledged())
                .with(median == null ? "nobody has seen any" : "half of them within " + InWords.duration(median));
    }
}
