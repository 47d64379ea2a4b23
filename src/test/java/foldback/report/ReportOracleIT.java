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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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

    /** The same without groups, each cohort and window once. */
    private static final List<List<String>> WINDOWS = ASKED.stream()
            .map(asked -> List.of("", asked.get(1), "UTC", asked.get(3)))
            .distinct()
            .toList();

    /** Filters of the noise report. */
    private static final Map<String, Predicate<JsonNode>> FILTERS = Map.of(
            "", incident -> true,
            "&level=CRITICAL", incident -> incident.get("level").asText().equals("CRITICAL"),
            "&status=open", incident -> incident.get("status").asText().equals("open"),
            "&regionId!=cn-1", incident -> !incident.get("regionId").asText().equals("cn-1"),
            "&dimensions.shard=1",
                    incident -> incident.at("/dimensions/shard").asText().equals("1"));

    private static final Set<String> OF_STREAMS = Set.of("", "&dimensions.shard=1");

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
        List<JsonNode> signals = outages.signals();
        for (List<String> window : WINDOWS) {
            alike(outages, signals, all, after, window);
            alike(outages, signals, before, between, window);
        }
    }

    /** The reports that have no groups. */
    private static void alike(
            Outages outages, List<JsonNode> signals, List<JsonNode> listed, String now, List<String> asked) {
        PlainReading reading = reading(listed, now, asked);
        String query = query(outages, now, asked);
        new PlainDistribution(reading.lasting()).isThatOf(Outages.read("/api/reports/distribution?" + query), query);
        String[] window = asked.get(3).split(" ", -1);
        PlainNoise plain = new PlainNoise(
                signals, reading.placed(), Instant.parse(now), Instant.parse(window[0]), Instant.parse(window[1]));
        FILTERS.forEach((filter, test) -> plain.isThatOf(
                Outages.read("/api/reports/noise?" + query + filter),
                test,
                OF_STREAMS.contains(filter),
                query + filter));
    }

    private static String query(Outages outages, String now, List<String> asked) {
        String[] window = asked.get(3).split(" ", -1);
        return "userId=%s&asOf=%s&since=%s&until=%s&cohort=%s&tz=%s"
                .formatted(outages.userId, now, window[0], window[1], asked.get(1), asked.get(2));
    }

    private static PlainReading reading(List<JsonNode> listed, String now, List<String> asked) {
        String[] window = asked.get(3).split(" ", -1);
        return new PlainReading(
                listed,
                Instant.parse(now),
                Instant.parse(window[0]),
                Instant.parse(window[1]),
                asked.get(1),
                ZoneId.of(asked.get(2)),
                Duration.ofMinutes(5));
    }

    private String now() throws SQLException {
        return Instant.parse(Sql.rows(database, "select to_json(clock_timestamp() at time zone 'UTC') #>> '{}'")
                                .get(0) + "Z")
                .toString();
    }

    private static void same(Outages outages, List<JsonNode> listed, String now, List<String> asked) {
        String query = query(outages, now, asked)
                + "&target=PT5M"
                + (asked.get(0).isEmpty() ? "" : "&groupBy=" + asked.get(0));
        JsonNode report = Outages.read("/api/reports/resolution-time?" + query);
        PlainReading reading = reading(listed, now, asked);
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
