package foldback.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured, in rounds, and what it must reach: printed as one table of medians, each beside its baseline of the same run. */
final class Figures {
    /** @param bar what multiple of the baseline it must reach, {@code atLeast} or at most; not a number where nothing is asked of it */
    private record Row(
            String name, String unit, String of, @Nullable String baseline, double bar, boolean atLeast) {}

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        System.out.printf(Locale.ROOT, "%s %.1f%n", name, value);
    }

    double median(String name) {
        List<Double> sorted =
                values.getOrDefault(name, List.of()).stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    void atLeast(String of, String unit, double bar, String baseline) {
        rows.add(new Row(of + " / " + baseline, unit, of, baseline, bar, true));
    }

    void atMost(String of, String unit, double bar, @Nullable String baseline) {
        rows.add(new Row(baseline == null ? of : of + " / " + baseline, unit, of, baseline, bar, false));
    }

    /** Shows one beside the other, and asks nothing of them. */
    void compare(String of, String unit, String baseline) {
        rows.add(new Row(of + " / " + baseline, unit, of, baseline, Double.NaN, false));
    }

    /** Shows one, and asks nothing of it. */
    void reported(String of, String unit) {
        rows.add(new Row(of, unit, of, null, Double.NaN, false));
    }

    /** In Markdown, as docs/performance.md keeps it. */
    String table() {
        StringBuilder table =
                new StringBuilder("| figure | measured | baseline | ratio | must be | |\n|---|---|---|---|---|---|\n");
        for (Row row : rows) {
            double measured = median(row.of);
            double baseline = row.baseline == null ? 1 : median(row.baseline);
            double ratio = measured / baseline;
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f %s | %s | %s |%n",
                    row.name,
                    measured,
                    row.unit,
                    row.baseline == null ? "|" : String.format(Locale.ROOT, "%,.0f | %.2f", baseline, ratio),
                    verdict(row, ratio)));
        }
        return table.toString();
    }

    private static String verdict(Row row, double ratio) {
        if (Double.isNaN(row.bar)) {
            return " | ";
        }
        boolean met = row.atLeast ? ratio >= row.bar : ratio <= row.bar;
        return (row.atLeast ? "≥ " : "≤ ") + row.bar + " | " + (met ? "met" : "**missed**");
    }
}
