package foldback.fold;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What CloudMonitor calls things in one callback. All of it is text as sent, may be renamed at any time and decides nothing; only the
 * direction of {@code expression} chooses which value was the worst.
 *
 * @param metricName {@code rawMetricName}, else {@code metricName}
 * @param namespace {@code namespace}, else {@code metricProject}
 * @param labels {@code customLabels}, by sorted key
 */
public record Display(
        @Nullable String alertName,
        @Nullable String namespace,
        @Nullable String metricName,
        @Nullable String instanceName,
        @Nullable String regionId,
        @Nullable String regionName,
        @Nullable String groupId,
        @Nullable String productGroupName,
        @Nullable String unit,
        @Nullable String expression,
        SortedMap<String, String> labels) {

    public Display {
        labels = labels.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** How much text it is, in characters, labels apart. */
    public int length() {
        int length = expression == null ? 0 : expression.length();
        for (String name : names()) {
            length += name == null ? 0 : name.length();
        }
        return length;
    }

    /**
     * Tells whether CloudMonitor calls something otherwise now; of all but the expression, which differs by level. Of the texts, not of
     * their hash codes: those are the same for labels that exchange their values.
     */
    public int nameHash() {
        StringBuilder all = new StringBuilder();
        names().forEach(name -> append(all, name));
        labels.forEach((label, value) -> {
            append(all, label);
            append(all, value);
        });
        CRC32C sum = new CRC32C();
        sum.update(all.toString().getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }

    private static void append(StringBuilder all, @Nullable String name) {
        all.append(name == null ? -1 : name.length()).append(':').append(name);
    }

    private List<@Nullable String> names() {
        return Arrays.asList(
                alertName, namespace, metricName, instanceName, regionId, regionName, groupId, productGroupName, unit);
    }

    /** Only the rule's names, nothing of the resource. */
    public static Display of(@Nullable String alertName, @Nullable String namespace, @Nullable String metricName) {
        return new Display(
                alertName, namespace, metricName, null, null, null, null, null, null, null, new TreeMap<>(Map.of()));
    }
}
