package foldback.web;

import foldback.report.Change;
import foldback.report.ReportRow;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A value as a page shows it.
 *
 * @param text readable, and rounded
 * @param exact as the report has it; null where there is none
 * @param unit of the exact value, as its tooltip says it; empty where the text says it all
 * @param note what stands below it in small letters
 */
public record Cell(
        String text,
        @Nullable String exact,
        String unit,
        @Nullable String note) {
    private static final Cell NOTHING = new Cell(InWords.NOTHING, null, "", null);

    static Cell count(long count) {
        return new Cell(InWords.count(count), Long.toString(count), "", null);
    }

    static Cell duration(@Nullable BigDecimal seconds) {
        return seconds == null ? NOTHING : new Cell(InWords.duration(seconds), seconds.toPlainString(), "s", null);
    }

    static Cell share(@Nullable Double share) {
        return share == null ? NOTHING : new Cell(InWords.share(share), share.toString(), "of 1", null);
    }

    /** The median of the survival estimate, with its interval. */
    static Cell survival(ReportRow row) {
        Cell median = row.ttrMedianSurvivalSeconds() == null && row.incidents() > 0
                ? new Cell("not reached", null, "", null)
                : duration(row.ttrMedianSurvivalSeconds());
        return median.with(interval(row.ttrMedianSurvivalSecondsLow(), row.ttrMedianSurvivalSecondsHigh()));
    }

    /** The change of the median, with its verdict. */
    static Cell change(@Nullable Change change) {
        if (change == null) {
            return NOTHING;
        }
        BigDecimal seconds = change.ttrMedianSeconds();
        Cell difference = duration(seconds);
        String sign = seconds != null && seconds.signum() > 0 ? "+" : "";
        return new Cell(
                sign + difference.text(),
                difference.exact(),
                "s",
                change.verdict().toString());
    }

    static @Nullable String interval(@Nullable BigDecimal low, @Nullable BigDecimal high) {
        if (low == null) {
            return null;
        }
        return high == null
                ? InWords.duration(low) + " or more"
                : InWords.duration(low) + " to " + InWords.duration(high);
    }

    Cell with(@Nullable String note) {
        return new Cell(text, exact, unit, note);
    }
}
