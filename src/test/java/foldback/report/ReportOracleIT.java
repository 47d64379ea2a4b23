package foldback.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Every column of every row, every bucket and every point is what a plain reading of the list of incidents gives. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportOracleIT {
    private static final int STREAMS = 300;

    @Inject
    DataSource database;

    /** The same without groups, each cohort and window once. */
    private static final List<List<String>> WINDOWS = PlainReport.ASKED.stream()
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
        PlainReport now = new PlainReport(outages.userId, all, after);
        PlainReport then = new PlainReport(outages.userId, before, between);
        for (List<String> asked : PlainReport.ASKED) {
            now.isThatOf(asked);
            // Cut at the window, what is without data is read off timelines, which know the present only.
            if (!asked.get(1).equals("overlaps")) {
                then.isThatOf(asked);
            }
        }
        List<JsonNode> signals = outages.signals();
        for (List<String> window : WINDOWS) {
            alike(now, signals, after, window);
            alike(then, signals, between, window);
        }
    }

    /** The reports that have no groups. */
    private static void alike(PlainReport report, List<JsonNode> signals, String now, List<String> asked) {
        PlainReading reading = report.reading(asked);
        String query = report.query(asked);
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

    private String now() throws SQLException {
        return Instant.parse(Sql.rows(database, "select to_json(clock_timestamp() at time zone 'UTC') #>> '{}'")
                                .get(0) + "Z")
                .toString();
    }
}
