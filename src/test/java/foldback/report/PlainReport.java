package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares reports on the incidents of an account with a plain reading of their list.
 *
 * @param listed all of them, as the list had them at the instant
 */
record PlainReport(String userId, List<JsonNode> listed, String asOf) {
    private static final String YEAR = "2024-01-01T00:00:00Z 2025-01-15T00:00:00Z";
    private static final String DAYS = "2024-03-10T09:00:00Z 2024-10-27T00:30:00Z";

    /** What is asked: keys, cohort, zone, window. */
    static final List<List<String>> ASKED = List.of(
            List.of("", "opened", "UTC", YEAR),
            List.of("", "resolved", "UTC", DAYS),
            List.of("", "overlaps", "UTC", DAYS),
            List.of("alertName", "opened", "UTC", YEAR),
            List.of("ruleId,level", "overlaps", "Asia/Kathmandu", DAYS),
            List.of("day", "opened", "Europe/Berlin", YEAR),
            List.of("day", "resolved", "Australia/Lord_Howe", YEAR),
            List.of("week,peakLevel", "opened", "America/New_York", YEAR),
            List.of("month", "resolved", "Asia/Shanghai", YEAR),
            List.of("hourOfDay", "opened", "America/New_York", YEAR),
            List.of("hourOfDay", "overlaps", "Europe/Berlin", DAYS),
            List.of("dayOfWeek,regionId", "resolved", "Australia/Lord_Howe", YEAR),
            List.of("dimensions.shard,label.team", "opened", "UTC", YEAR),
            List.of("instanceName,metricName", "overlaps", "UTC", DAYS),
            List.of("groupId", "opened", "UTC", "2019-01-01T00:00:00Z 2020-01-01T00:00:00Z"),
            List.of("", "opened", "UTC", "2019-01-01T00:00:00Z 2020-01-01T00:00:00Z"));

    /** Without keys and target. */
    String query(List<String> asked) {
        String[] window = asked.get(3).split(" ", -1);
        return "userId=%s&asOf=%s&since=%s&until=%s&cohort=%s&tz=%s"
                .formatted(userId, asOf, window[0], window[1], asked.get(1), asked.get(2));
    }

    /** With both. */
    String grouped(List<String> asked) {
        return query(asked) + "&target=PT5M" + (asked.get(0).isEmpty() ? "" : "&groupBy=" + asked.get(0));
    }

    PlainReading reading(List<String> asked) {
        String[] window = asked.get(3).split(" ", -1);
        return new PlainReading(
                listed,
                Instant.parse(asOf),
                Instant.parse(window[0]),
                Instant.parse(window[1]),
                asked.get(1),
                ZoneId.of(asked.get(2)),
                Duration.ofMinutes(5));
    }

    /** Every column of every row. */
    void isThatOf(List<String> asked) {
        String query = grouped(asked);
        JsonNode report = Outages.read("/api/reports/resolution-time?" + query);
        List<String> keys =
                asked.get(0).isEmpty() ? List.of() : List.of(asked.get(0).split(",", -1));
        Map<List<String>, Map<String, Object>> expected = reading(asked).rows(keys);
        assertEquals(expected.size(), report.at("/header/rows").intValue(), query);
        long incidents = 0;
        for (JsonNode row : report.get("rows")) {
            List<String> group = new ArrayList<>();
            keys.forEach(key -> group.add(row.get("group").get(key).asText()));
            Map<String, Object> plain = expected.get(group);
            assertTrue(plain != null, query + " has a row of its own: " + group);
            same(query + " " + group, plain, row);
            incidents += row.get("incidents").longValue();
        }
        assertEquals(incidents, report.at("/header/incidents").longValue(), query);
    }

    private static void same(String where, Map<String, Object> expected, JsonNode row) {
        TreeSet<String> columns = new TreeSet<>();
        row.fieldNames().forEachRemaining(columns::add);
        columns.remove("group");
        assertEquals(expected.keySet(), columns, where);
        expected.forEach((column, value) -> {
            JsonNode found = row.get(column);
            String what = where + ": " + column + " is " + found + ", read as " + value;
            assertEquals(value == null, found.isNull(), what);
            if (value instanceof Double number) {
                // The service rounds to the microsecond at the end.
                assertEquals(number, found.doubleValue(), Math.abs(number) * 1e-9 + 1e-6, what);
            }
        });
    }
}
