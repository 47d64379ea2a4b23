package foldback.web;

import foldback.report.Question;
import foldback.report.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a report on paper: all of them, in the columns for which an A4 page has room.
 *
 * @param keys what the rows are grouped by
 */
public record PageTable(List<Legible> keys, List<Column> columns, List<Line> lines) {
    private static final List<String> WEEKDAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    /**
     * A column of the report.
     *
     * @param name the one it has in a file
     * @param label what it is called here
     */
    public record Column(String name, String label, Function<ReportRow, Cell> cell) {}

    /** A row: what its incidents have in common, and what was found of them. */
    public record Line(List<Value> group, List<Cell> cells) {}

    /**
     * The value of a key.
     *
     * @param text null where the incidents have none
     */
    public record Value(@Nullable Legible text) {}

    static PageTable of(Question question, List<ReportRow> rows) {
        List<Column> columns = columns(question);
        return new PageTable(
                question.words().stream().map(Legible::of).toList(),
                columns,
                rows.stream().map(row -> line(row, columns)).toList());
    }

    /** What the columns are called, by the names that they have in a file. */
    Map<String, String> labels() {
        return columns.stream().collect(Collectors.toMap(Column::name, Column::label));
    }

    private static List<Column> columns(Question question) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("incidents", "Incidents", row -> Cell.count(row.incidents())),
                new Column("open", "Open", row -> Cell.count(row.open())),
                new Column("oldestOpenSeconds", "Oldest open", row -> Cell.duration(row.oldestOpenSeconds())),
                new Column("ttrMedianSurvivalSeconds", "Median TTR, open ones counted", Cell::survival),
                new Column("ttrP90Seconds", "90\u00A0% resolved within", row -> Cell.duration(row.ttrP90Seconds())),
                new Column("ttrMaxSeconds", "Longest TTR", row -> Cell.duration(row.ttrMaxSeconds())),
                new Column("ttaMedianSeconds", "Median TTA", row -> Cell.duration(row.ttaMedianSeconds())),
                new Column(
                        "refireWithin24hShare", "Again in 24\u00A0h", row -> Cell.share(row.refireWithin24hShare()))));
        if (question.target() != null) {
            columns.add(new Column("withinTargetShare", "In target", row -> Cell.share(row.withinTargetShare())));
        }
        if (question.compared()) {
            columns.add(new Column("change", "Change of median TTR", row -> Cell.change(row.change())));
        }
        return List.copyOf(columns);
    }

    private static Line line(ReportRow row, List<Column> columns) {
        List<Value> group = row.group().entrySet().stream()
                .map(each -> new Value(text(each.getKey(), each.getValue())))
                .toList();
        return new Line(
                group, columns.stream().map(column -> column.cell().apply(row)).toList());
    }

    private static @Nullable Legible text(String key, @Nullable Object value) {
        if (value instanceof Integer number) {
            return Legible.of(key.equals("dayOfWeek") ? number + " " + WEEKDAYS.get(number - 1) : number + ":00");
        }
        return value == null ? null : Legible.of(value.toString());
    }
}
