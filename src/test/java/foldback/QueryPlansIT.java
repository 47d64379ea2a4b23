package foldback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.bench.StoredDatabase;
import foldback.testing.Database;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked over HTTP is found by an index: the plans are those that PostgreSQL itself logs of what the service asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlansIT {
    private static final long SIGNALS = 200_000;
    private static final int STREAMS = 400;

    /** What a plan may read to throw it away; a page has a hundred, and the history 20,000 incidents. */
    private static final int IN_VAIN = 3000;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    static Path home;

    private RunningJar service;
    private Database database;
    private LoggedPlans plans;
    private Map<String, String> values = Map.of();

    @BeforeAll
    void store() throws SQLException, IOException {
        Path data = home.resolve("data");
        StoredDatabase.open(data, SIGNALS, STREAMS).close();
        LoggedPlans.switchOn(data);
        service = RunningJar.start(data, Map.of()).up();
        database = new Database(data);
        plans = new LoggedPlans(database);
        values = Map.of(
                "{noon}",
                one(
                        "select to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:00:00\"Z\"') from incidents order by opened_at offset "
                                + SIGNALS / 20 + " limit 1"),
                "{one}",
                one(
                        "select to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:59:59\"Z\"') from incidents order by opened_at offset "
                                + SIGNALS / 20 + " limit 1"),
                "{id}",
                one("select id from incidents limit 1"),
                "{stream}",
                one("select stream_id from incidents limit 1"),
                "{rule}",
                one("select rule_id from streams limit 1"));
    }

    private String one(String sql) throws SQLException {
        return database.ask(sql).get(0);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/api/incidents; incidents_opened",
                "/api/incidents?sort=openedAt&limit=1; incidents_opened",
                "/api/incidents?sort=-resolvedAt; incidents_resolved",
                "/api/incidents?status=open; incidents_open",
                "/api/incidents?status=open&level=CRITICAL; incidents_open",
                "/api/incidents?stale=true; incidents_open",
                "/api/incidents?status=open&sort=-level; incidents_open",
                "/api/incidents?acknowledged=true; incidents_opened",
                "/api/incidents?level=INFO; incidents_opened",
                "/api/incidents?userId=nobody; streams_terms streams_without_terms",
                "/api/incidents?ruleId=none; streams_terms streams_without_terms",
                "/api/incidents?alertName=none; streams_terms streams_without_terms",
                "/api/incidents?alertName=*none*; streams_terms streams_without_terms",
                "/api/incidents?namespace=none; streams_terms streams_without_terms",
                "/api/incidents?metricName=none; streams_terms streams_without_terms",
                "/api/incidents?regionId=nowhere; streams_terms streams_without_terms",
                "/api/incidents?groupId=0; streams_terms streams_without_terms",
                "/api/incidents?instanceName=none; streams_terms streams_without_terms",
                "/api/incidents?label.team=none; streams_terms streams_without_terms",
                "/api/incidents?dimensions.instanceId=none; streams_dimensions",
                "/api/incidents?q=none; streams_terms streams_without_terms notes_terms notes_without_terms",
                "/api/incidents?since={noon}; incidents_opened",
                "/api/incidents?until={noon}; incidents_opened",
                "/api/incidents?at={noon}; incidents_lasted incidents_opened incidents_open",
                "/api/incidents?time=overlaps&since={noon}&until={one}; incidents_lasted incidents_opened incidents_open",
                "/api/incidents?time=resolved&since={noon}&until={one}; incidents_resolved",
                "/api/incidents/summary?groupBy=level; incidents_open",
                "/api/incidents/summary?groupBy=ruleId&level=CRITICAL; incidents_open streams_key",
                "/api/incidents/summary?groupBy=regionId&q=none; streams_terms streams_without_terms notes_terms notes_without_terms",
                "/api/incidents/{id}; incidents_id",
                "/api/incidents/{id}?include=explain; incidents_id events_.*_pkey",
                "/api/incidents/{id}/timeline; incidents_id events_.*_pkey",
                "/api/streams/{stream}; stream_heads_key",
                "/api/streams/{stream}/incidents; incidents_(stream_order|key)",
                "/api/streams?q=none; streams_terms streams_without_terms",
                "/api/events?limit=10; events_.*_id_idx",
                "/api/events?streamId={stream}; events_.*_pkey",
                "/api/events?type=noted; events_.*_id_idx1",
                "/api/events/{id}; events_.*_id_idx",
                "/api/quarantine; (quarantine_received)?",
                "/api/reports/distribution?ruleId=none; streams_terms streams_without_terms",
                "/api/reports/noise?ruleId={rule}&since={noon}; streams_terms events_.*_pkey incidents_(stream_order|key)",
                "/api/reports/noise?ruleId={rule}&level=CRITICAL&since={noon}; streams_terms events_.*_pkey"
            })
    void isFoundByIts(String path, String indexes) throws Exception {
        String asked = path;
        for (Map.Entry<String, String> value : values.entrySet()) {
            asked = asked.replace(value.getKey(), value.getValue());
        }
        HttpRequest request = request(asked).build();
        assertUses(indexes, plans.scans(() -> answered(request)));
    }

    @Test
    void theFeedIsReadByItsKeyAndItsIncidentsByTheirs() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into feed (stream_id, incident_id) select stream_id, id from incidents limit 2000");
            statement.execute("analyze feed");
        }
        HttpRequest request = request("/api/live?after=0-0").build();
        assertUses("feed_key incidents_.*", plans.scans(() -> {
            HttpResponse<InputStream> feed = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, feed.statusCode());
            try (InputStream body = feed.body()) {
                assertTrue(new String(body.readNBytes(100_000), StandardCharsets.UTF_8).contains("\"streamId\""));
            }
        }));
    }

    @Test
    void manyAreActedOnByTheirIds() throws Exception {
        String ids = String.join("\",\"", database.ask("select id from incidents where resolved_at is null limit 50"));
        HttpRequest request = request("/api/incidents/acknowledge")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"ids\":[\"" + ids + "\"]}"))
                .build();
        assertUses("incidents_id", plans.scans(() -> answered(request)));
    }

    private static void assertUses(String indexes, List<JsonNode> scans) {
        Set<String> used = new TreeSet<>();
        for (JsonNode scan : scans) {
            used.add(scan.path("Index Name").asText());
            double wasted = scan.path("Rows Removed by Filter").asDouble();
            boolean whole = scan.path("Node Type").asText().equals("Seq Scan");
            double read = wasted + (whole ? scan.path("Actual Rows").asDouble() : 0);
            assertTrue(read * scan.path("Actual Loops").asDouble() < IN_VAIN, scan::toPrettyString);
        }
        for (String index : indexes.split(" ", -1)) {
            assertTrue(used.stream().anyMatch(name -> name.matches(index)), () -> used + " has no " + index);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
    }

    private void answered(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
    }
}
