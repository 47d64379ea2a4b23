package foldback.fold;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
        int length = 0;
        for (String text : Arrays.asList(
                alertName,
                namespace,
                metricName,
                instanceName,
                regionId,
                regionName,
                groupId,
                productGroupName,
                unit,
                expression)) {
            length += text == null ? 0 : text.length();
        }
        return length;
    }

    /** Only the rule's names, nothing of the resource. */
    public static Display of(@Nullable String alertName, @Nullable String namespace, @Nullable String metricName) {
        return new Display(
                alertName, namespace, metricName, null, null, null, null, null, null, null, new TreeMap<>(Map.of()));
    }
}
