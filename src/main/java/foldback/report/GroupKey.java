package foldback.report;

import foldback.incident.StoredIncident;
import foldback.ledger.JsonText;
import foldback.listing.Parameters;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * By what a report groups: a field of the incident, or when it happened in the zone of the report. A group's value is a text to the
 * database, which also sorts by it.
 *
 * @param word as it is asked for
 * @param stored the value in SQL, of an incident {@code i} of a stream {@code s}; null where the value is a time
 * @param format of a time, as {@code to_char} writes it; null where the value is a field
 * @param entry the key of a dimension or label, the {@code %s} of {@code stored}; null elsewhere
 * @param value the value of an incident that is no row
 */
record GroupKey(
        String word,
        @Nullable String stored,
        @Nullable String format,
        @Nullable String entry,
        Function<StoredIncident, @Nullable String> value) {

    private static final int MOST = 2;
    private static final String DIMENSION = "dimensions.";
    private static final String LABEL = "label.";

    /** Times whose values are numbers, and come again in each window. */
    private static final Map<String, String> RECURRING = Map.of("hourOfDay", "HH24", "dayOfWeek", "ID");

    private static final Map<String, String> CALENDAR =
            Map.of("day", "YYYY-MM-DD", "week", "IYYY-\"W\"IW", "month", "YYYY-MM");

    private static final Map<String, GroupKey> FIELDS = Map.ofEntries(
            field("alertName", "i.alert_name", row -> row.alertName),
            field("ruleId", "s.rule_id", row -> row.stream.ruleId),
            field("metricName", "i.metric_name", row -> row.metricName),
            field("namespace", "i.namespace", row -> row.namespace),
            field("userId", "s.user_id", row -> row.stream.userId),
            field("regionId", "i.region_id", row -> row.regionId),
            field("groupId", "i.group_id", row -> row.groupId),
            field("level", "cast(i.level as text)", row -> row.level),
            field("peakLevel", "cast(i.peak_level as text)", row -> row.peakLevel),
            field("instanceName", "i.instance_name", row -> row.instanceName));

    private static Map.Entry<String, GroupKey> field(
            String word, String sql, Function<StoredIncident, @Nullable String> value) {
        return Map.entry(word, new GroupKey(word, sql, null, null, value));
    }

    /** None, one or two, parted by a comma. */
    static List<GroupKey> of(Parameters parameters) {
        String text = parameters.single("groupBy").orElse("");
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> words = Arrays.asList(text.split(",", -1));
        if (words.size() > MOST) {
            throw Parameters.refused("groupBy", "takes at most two keys, and has " + words.size());
        }
        if (new HashSet<>(words).size() < words.size()) {
            throw Parameters.refused("groupBy", "names the same key twice");
        }
        return words.stream().map(GroupKey::of).toList();
    }

    static GroupKey of(String word) {
        GroupKey field = FIELDS.get(word);
        if (field != null) {
            return field;
        }
        String format = RECURRING.getOrDefault(word, CALENDAR.get(word));
        if (format != null) {
            return new GroupKey(word, null, format, null, row -> null);
        }
        if (word.startsWith(DIMENSION) && word.length() > DIMENSION.length()) {
            String key = word.substring(DIMENSION.length());
            return new GroupKey(word, "s.dimensions ->> %s", null, key, row -> entry(row.stream.dimensions, key));
        }
        if (word.startsWith(LABEL) && word.length() > LABEL.length()) {
            String key = word.substring(LABEL.length());
            return new GroupKey(word, "cast(i.labels as jsonb) ->> %s", null, key, row -> entry(row.labels, key));
        }
        throw Parameters.refused(
                "groupBy",
                "has the unknown key " + word
                        + ": it takes one or two, parted by a comma, of alertName, ruleId, metricName,"
                        + " namespace, userId, regionId, groupId, level, peakLevel, instanceName, dimensions.KEY, label.KEY,"
                        + " day, week, month, hourOfDay, dayOfWeek");
    }

    private static @Nullable String entry(@Nullable String object, String key) {
        return JsonText.map(object).get(key);
    }

    /** Whether each of its values belongs to one window only. */
    boolean isOfCalendar() {
        return CALENDAR.containsKey(word);
    }

    /** Whether it is found at the stream, and not at the incident. */
    boolean isOfStream() {
        return stored != null && stored.startsWith("s.");
    }

    /** The value as clients see it. */
    @Nullable
    Object shown(@Nullable String value) {
        return value != null && RECURRING.containsKey(word) ? (Object) Integer.valueOf(value) : value;
    }
}
