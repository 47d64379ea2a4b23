package foldback.report;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reports of a few known incidents, byte by byte, and workbooks cell by cell, as in {@code src/test/resources/report}. What differs from one
 * database to the next is a {@code *} there: the ids of incidents, which are given when they are recorded, when their first callback came,
 * the instant they are asked as of, and the number of the fold version. What was answered is left in {@code target/golden}; where it is meant to
 * change, it is copied from there.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class GoldenIT {
    private static final String PATH = "/api/reports/resolution-time";
    private static final String ASKED =
            "?ruleId=golden&since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z&tz=Asia/Shanghai";
    private static final String GROUPS = "&groupBy=day,alertName&target=PT20M";
    private static final Path EXPECTED = Path.of("src", "test", "resources", "report");
    private static final Path ANSWERED = Path.of("target", "golden");
    private static final Set<String> MASKED_CELLS = Set.of(
            "id",
            "firstReceivedAt (UTC)",
            "firstReceivedAtLocal (Asia/Shanghai)",
            "asOf (UTC)",
            "asOfLocal (Asia/Shanghai)",
            "foldVersion");

    private final ArrayNode signals = new ObjectMapper().createArrayNode();
    private String asked = "";

    /** For the first test; for the others it is all known. */
    @BeforeEach
    void send() {
        signal("i-1", "ALERT", "2025-03-04T02:00:00Z")
                .put("triggerLevel", "WARN")
                .put("curValue", "95.3");
        signal("i-1", "OK", "2025-03-04T02:01:00Z").put("curValue", "-1");
        signal("i-1", "ALERT", "2025-03-04T20:30:00Z")
                .put("triggerLevel", "WARN")
                .put("unit", "%");
        signal("i-1", "OK", "2025-03-04T20:55:00.500Z");
        signal("i-2", "ALERT", "2025-03-05T02:00:00Z")
                .put("alertName", "=1+1, \"队列\"")
                .put("instanceName", "😀 _x0041_")
                .put("triggerLevel", "CRITICAL");
        signal("i-2", "INSUFFICIENT_DATA", "2025-03-05T02:10:00Z").put("alertName", "=1+1, \"队列\"");
        signal("i-2", "OK", "2025-03-05T02:30:00Z").put("alertName", "=1+1, \"队列\"");
        signal("i-3", "ALERT", "2025-03-06T00:00:00Z")
                .put("customLabels", "{team=data}")
                .put("transId", "007");
        signal("i-3", "OK", "2025-03-06T00:00:05.123Z");
        given().contentType("application/json")
                .body(signals.toString())
                .post("/callbacks/local")
                .then()
                .statusCode(200);
        asked = ASKED + "&asOf=" + given().get("/api/events?limit=1").path("items[0].recordedAt");
    }

    private ObjectNode signal(String instance, String state, String at) {
        return signals.addObject()
                .put("userId", "golden")
                .put("ruleId", "golden")
                .put("alertName", "CPU")
                .put("metricName", "cpu_total")
                .put("namespace", "acs_ecs_dashboard")
                .put("regionId", "cn-hangzhou")
                .put("expression", "$Average>90")
                .put("dimensions", "{instanceId=" + instance + "}")
                .put("alertState", state)
                .put("timestamp", Instant.parse(at).toEpochMilli());
    }

    private static byte[] get(String path) {
        return Answers.to(path).asByteArray();
    }

    private static String text(String path) {
        return new String(get(path), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {".csv", ".ndjson"})
    void aFileOfTheReport(String form) throws IOException {
        same("resolution-time" + form, text(PATH + form + asked + GROUPS));
    }

    @Test
    void theReport() throws IOException {
        JsonNode header = Outages.read(PATH + asked + GROUPS).get("header");
        String report = text(PATH + asked + GROUPS)
                .replace(header.get("asOf").toString(), "\"*\"")
                .replace("\"foldVersion\":" + header.get("foldVersion"), "\"foldVersion\":\"*\"");
        same("resolution-time.json", report);
    }

    @Test
    void theReportAsAWorkbook() throws IOException {
        same("resolution-time.xlsx.txt", new OpenedBook(get(PATH + ".xlsx" + asked + GROUPS)).dump(MASKED_CELLS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".csv", ".ndjson"})
    void theIncidentsBehindIt(String form) throws IOException {
        String file = text(PATH + "/incidents" + form + asked);
        for (JsonNode incident : Outages.read(PATH + "/incidents" + asked).get("items")) {
            for (String varying : new String[] {"id", "firstReceivedAt", "firstReceivedAtLocal"}) {
                file = file.replace(incident.get(varying).asText(), "*");
            }
        }
        same("incidents" + (form.isEmpty() ? ".json" : form), file);
    }

    @Test
    void theIncidentsBehindItAsAWorkbook() throws IOException {
        same("incidents.xlsx.txt", new OpenedBook(get(PATH + "/incidents.xlsx" + asked)).dump(MASKED_CELLS));
    }

    private static void same(String name, String answered) throws IOException {
        int dot = name.indexOf('.');
        String file = name.substring(0, dot) + ".golden" + name.substring(dot);
        Files.createDirectories(ANSWERED);
        Files.writeString(ANSWERED.resolve(file), answered);
        Path expected = EXPECTED.resolve(file);
        assertEquals(Files.exists(expected) ? Files.readString(expected) : "", answered, file);
    }
}
