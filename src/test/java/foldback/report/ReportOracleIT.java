package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Every column of every row, every bucket and every point is what a plain reading of the list of incidents gives. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportOracleIT {
    private static final int STREAMS = 300;
    private static final String YEAR = "2024-01-01T00:00:00Z 2025-01-15T00:00:00Z";
    private static final String DAYS = "2024-03-10T09:00:00Z 2024-10-27T00:30:00Z";

    @Inject
    DataSource database;

    /** What is asked: keys, cohort, zone, window. */
    private static final List<List<String>> ASKED = List.of(
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

    @Test
    void everyColumnIsWhatThePlainReadingGives() throws SQLException {
        Outages outages = new Outages(20240229);
        outages.send(STREAMS);
        String between = now();
        List<JsonNode> before = outages.listed(between);
        assertTrue(before.size() > 900, before.size() + " incidents");
        outages.act(before);
        String after = now();
        List<JsonNode> all = outages.listed(after);
        for (List<String> asked : ASKED) {
            same(outages, all, after, asked);
            // Cut at the window, what is without data is read off timelines, which know the present only.
            if (!asked.get(1).equals("overlaps")) {
                same(outages, before, between, asked);
            }
        }
    }

    private String now() throws SQLException {
        return Instant.parse(Sql.rows(database, "select to_json(clock_timestamp() at time zone 'UTC') #>> '{}'")
                                .get(0) + "Z")
                .toString();
    }

    private static void same(Outages outages, List<JsonNode> listed, String now, List<String> asked) {
        String[] window = asked.get(3).split(" ", -1);
        String chosen = "userId=%s&asOf=%s&since=%s&until=%s&cohort=%s&tz=%s"
                .formatted(outages.userId, now, window[0], window[1], asked.get(1), asked.get(2));
        String query = chosen + "&target=PT5M" + (asked.get(0).isEmpty() ? "" : "&groupBy=" + asked.get(0));
        JsonNode report = Outages.read("/api/reports/resolution-time?" + query);
        PlainReading reading = new PlainReading(
                listed,
                Instant.parse(now),
                Instant.parse(window[0]),
                Instant.parse(window[1]),
                asked.get(1),
                ZoneId.of(asked.get(2)),
                Duration.ofMinutes(5));
        new PlainDistribution(reading.lasting()).isThatOf(Outages.read("/api/reports/distribution?" + chosen), chosen);
        List<String> keys =
                asked.get(0).isEmpty() ? List.of() : List.of(asked.get(0).split(",", -1));
        Map<List<String>, Map<String, Object>> expected = reading.rows(keys);
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
