package foldback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.bench.StoredDatabase;
import foldback.testing.Await;
import foldback.testing.Database;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked over HTTP is found by an index: the plans are those that PostgreSQL itself logs of what the service asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlansIT {
    private static final long SIGNALS = 200_000;
    private static final int STREAMS = 400;

    private static final String EXPLAIN = """

            session_preload_libraries = 'auto_explain'
            auto_explain.log_min_duration = 0
            auto_explain.log_analyze = on
            auto_explain.log_format = json
            """;

    /** What a plan may read to throw it away; a page has a hundred, and the history 20,000 incidents. */
    private static final int IN_VAIN = 3000;

    private static final String PLAN = "plan:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    static Path home;

    private RunningJar service;
    private Database database;
    private Map<String, String> values = Map.of();

    @BeforeAll
    void store() throws SQLException, IOException {
        Path data = home.resolve("data");
        StoredDatabase.open(data, SIGNALS, STREAMS).close();
        Files.writeString(data.resolve("postgresql").resolve("postgresql.conf"), EXPLAIN, StandardOpenOption.APPEND);
        service = RunningJar.start(data, Map.of()).up();
        database = new Database(data);
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
                one("select stream_id from incidents limit 1"));
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
                "/api/incidents?at={noon}; incidents_lasted incidents_open",
                "/api/incidents?time=overlaps&since={noon}&until={one}; incidents_lasted incidents_open",
                "/api/incidents?time=resolved&since={noon}&until={one}; incidents_resolved",
                "/api/incidents/{id}; incidents_id",
                "/api/incidents/{id}/timeline; incidents_id events_.*_pkey",
                "/api/streams/{stream}; stream_heads_key",
                "/api/streams/{stream}/incidents; incidents_(stream_order|key)",
                "/api/streams?q=none; streams_terms streams_without_terms",
                "/api/events?limit=10; events_.*_id_idx",
                "/api/events?streamId={stream}; events_.*_pkey",
                "/api/events?type=noted; events_.*_id_idx1",
                "/api/events/{id}; events_.*_id_idx",
                "/api/quarantine; (quarantine_received)?"
            })
    void isFoundByIts(String path, String indexes) throws Exception {
        String asked = path;
        for (Map.Entry<String, String> value : values.entrySet()) {
            asked = asked.replace(value.getKey(), value.getValue());
        }
        List<JsonNode> scans = scans(asked);
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

    /** All scans of what the server plans while the question is answered. */
    private List<JsonNode> scans(String path) throws IOException, InterruptedException {
        int before = log().length();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        String log = logged(before);
        List<JsonNode> scans = new ArrayList<>();
        for (int at = log.indexOf(PLAN); at >= 0; at = log.indexOf(PLAN, at + 1)) {
            try (JsonParser plan = JSON.createParser(log.substring(at + PLAN.length()))) {
                JsonNode whole = JSON.readTree(plan);
                whole.findParents("Node Type").stream()
                        .filter(node -> node.path("Node Type").asText().contains("Scan"))
                        .forEach(scans::add);
            }
        }
        return scans;
    }

    /** The server logs behind the answer: a question of our own is the last that it has to say. */
    private String logged(int before) {
        String last = "last " + UUID.randomUUID();
        Await.until("plans are logged", Duration.ofSeconds(10), () -> {
            one("select '" + last + "'");
            return database.log().contains(last);
        });
        return log().substring(before);
    }

    private String log() {
        try {
            return database.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
