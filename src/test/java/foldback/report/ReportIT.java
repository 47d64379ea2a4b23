package foldback.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A report can be trusted, taken away, and had again. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportIT {
    private static final String PATH = "/api/reports/resolution-time";
    private static final String MARCH = "&since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z";
    private static final String COLUMNS =
            "incidents,resolved,open,oldestOpenSeconds,acknowledged,uncertainEndShare,ttrMeanSeconds,ttrMedianSeconds,ttrP75Seconds,"
                    + "ttrP90Seconds,ttrP95Seconds,ttrMaxSeconds,ttrMeanEarliestSeconds,ttrMedianEarliestSeconds,"
                    + "ttrMedianSurvivalSeconds,ttrMedianSurvivalSecondsLow,ttrMedianSurvivalSecondsHigh,ttrRestrictedMeanSeconds,"
                    + "ttaMeanSeconds,ttaMedianSeconds,ttaP90Seconds,mtbfSeconds,refireWithin24hShare,withinTargetShare,"
                    + "openSecondsTotal,unobservedSecondsTotal";

    private final Rule rule = new Rule();

    private void outage(String instance, String level, String opened, int seconds) {
        rule.alert(instance, opened, "triggerLevel", level);
        rule.ok(instance, Instant.parse(opened).plusSeconds(seconds).toString());
    }

    private String query(String more) {
        return "?ruleId=" + rule.id + MARCH + more;
    }

    @Test
    void aFileHasTheRowsOfTheReportAndItsFactsAsHeaders() throws NoSuchAlgorithmException {
        outage("a", "WARN", "2025-03-04T02:00:00Z", 60);
        outage("b", "WARN", "2025-03-05T02:00:00Z", 90);
        outage("c", "", "2025-03-06T02:00:00Z", 5);
        String asked = query("&groupBy=level&tz=Asia/Shanghai");
        JsonNode report = Outages.read(PATH + asked);
        Response csv = Answers.to(PATH + ".csv" + asked);
        Response ndjson = Answers.to(PATH + ".ndjson" + asked);
        String text = new String(csv.asByteArray(), StandardCharsets.UTF_8);
        assertEquals("\uFEFFlevel," + COLUMNS, text.lines().findFirst().orElseThrow());
        assertEquals(3, text.lines().count(), text);
        assertThat(text, containsString("\r\nWARN,2,2,0,,0,0.0,75,75,82.5,87,88.5,90,75,75,75"));
        String lines = new String(ndjson.asByteArray(), StandardCharsets.UTF_8);
        assertThat(
                Answers.to(PATH + asked).asString(),
                endsWith("\"rows\":[" + lines.strip().replace("\n", ",") + "]}"));
        String sha256 = HexFormat.of().formatHex(sha256(ndjson.asByteArray()));
        assertEquals(sha256, report.at("/header/sha256").asText());
        for (Response file : new Response[] {csv, ndjson}) {
            assertEquals("2025-03-01T00:00:00Z", file.header("Foldback-Since"));
            assertEquals("2025-04-01T00:00:00Z", file.header("Foldback-Until"));
            assertEquals("opened", file.header("Foldback-Cohort"));
            assertEquals("level", file.header("Foldback-Group-By"));
            assertEquals("Asia/Shanghai", file.header("Foldback-Tz"));
            assertEquals("ruleId=" + rule.id, file.header("Foldback-Filter"));
            assertEquals("3", file.header("Foldback-Incidents"));
            assertEquals("0", file.header("Foldback-Open"));
            assertEquals("2", file.header("Foldback-Rows"));
            assertEquals(sha256, file.header("Foldback-Sha256"));
            assertEquals(report.at("/header/foldVersion").asText(), file.header("Foldback-Fold-Version"));
            String digest = Base64.getEncoder().encodeToString(sha256(file.asByteArray()));
            assertEquals("sha-256=:" + digest + ":", file.header("Repr-Digest"));
        }
        assertEquals("text/csv; charset=UTF-8; header=present", csv.contentType());
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    @Test
    void theSameAsOfGivesTheSameBytes() {
        outage("a", "WARN", "2025-03-04T02:00:00Z", 60);
        String opened = rule.alert("b", "2025-03-04T02:00:00Z");
        String then = given().get("/api/events/" + opened).path("recordedAt");
        String asked = "?ruleId=" + rule.id
                + "&groupBy=level,hourOfDay&compare=previous&since=2025-03-01T00:00:00Z&asOf=" + then;
        Response report = Answers.to(PATH + asked);
        byte[] csv = Answers.to(PATH + ".csv" + asked).asByteArray();
        byte[] ndjson = Answers.to(PATH + ".ndjson" + asked).asByteArray();
        report.then()
                .body("header.open", equalTo(1))
                .body("header.until", equalTo(then))
                .body("header.asOf", equalTo(then));
        rule.ok("b", "2025-03-04T02:30:00Z");
        outage("c", "CRITICAL", "2025-03-04T02:00:00Z", 10);
        assertArrayEquals(report.asByteArray(), Answers.to(PATH + asked).asByteArray());
        assertArrayEquals(csv, Answers.to(PATH + ".csv" + asked).asByteArray());
        assertArrayEquals(ndjson, Answers.to(PATH + ".ndjson" + asked).asByteArray());
        Answers.to(PATH + query("")).then().body("header.open", equalTo(0)).body("header.incidents", equalTo(3));
    }

    /** An outage of the instance that is called like the level. */
    private void add(ArrayNode sent, String level, String opened, int seconds) {
        for (String state : new String[] {"ALERT", "OK"}) {
            Instant at = Instant.parse(opened).plusSeconds(state.equals("OK") ? seconds : 0);
            sent.addObject()
                    .put("ruleId", rule.id)
                    .put("alertState", state)
                    .put("timestamp", at.toEpochMilli())
                    .put("triggerLevel", level)
                    .put("dimensions", "{instanceId=" + level + "-}");
        }
    }

    @Test
    void changeIsTrustedOnlyWhereThereIsEnoughOfIt() {
        ArrayNode sent = new ObjectMapper().createArrayNode();
        for (int n = 0; n < 20; n++) {
            String day = "-%02dT02:00:00Z".formatted(5 + n);
            add(sent, "WARN", "2025-02" + day, 1000 + n);
            add(sent, "WARN", "2025-03" + day, 100 + n);
            add(sent, "INFO", "2025-02" + day, 100 + n % 7);
            add(sent, "INFO", "2025-03" + day, 100 + n % 7);
            if (n > 0) {
                add(sent, "CRITICAL", "2025-02" + day, 10);
                add(sent, "CRITICAL", "2025-03" + day, 1000);
            }
        }
        add(sent, "", "2025-03-04T02:00:00Z", 10);
        given().contentType("application/json")
                .body(sent.toString())
                .post("/callbacks/local")
                .then()
                .statusCode(200);
        Response report = Answers.to(PATH + query("&groupBy=level&compare=previous"));
        report.then()
                .body("rows.group.level", equalTo(Arrays.asList("CRITICAL", "INFO", "WARN", null)))
                .body("rows.change.verdict", equalTo(List.of("cannot tell", "cannot tell", "better", "cannot tell")))
                .body("rows.change.ttrMedianSeconds", equalTo(Arrays.asList(990, 0, -900, null)))
                .body("rows[2].change.low", allOf(greaterThan(-920f), lessThan(-900f)))
                .body("rows[2].change.high", allOf(greaterThan(-900f), lessThan(-880f)))
                .body("definitions.change", containsString("bootstrap"));
        assertEquals(
                report.asString(),
                Answers.to(PATH + query("&groupBy=level&compare=previous")).asString());
        Answers.to(PATH + ".csv" + query("&groupBy=level&compare=previous"))
                .then()
                .body(containsString(",change.ttrMedianSeconds,change.low,change.high,change.verdict\r\n"));
    }

    @Test
    void nothingIsAReportWithZeros() {
        Answers.to(PATH + query(""))
                .then()
                .header("Foldback-Made-At", matchesPattern("\\d{4}-.*Z"))
                .body("header.incidents", equalTo(0))
                .body("header.rows", equalTo(1))
                .body("rows[0].incidents", equalTo(0))
                .body("rows[0].openSecondsTotal", equalTo(0))
                .body("rows[0].ttrMedianSurvivalSeconds", equalTo(null))
                .body("rows[0].withinTargetShare", equalTo(null));
        Answers.to(PATH + query("&groupBy=day"))
                .then()
                .body("header.rows", equalTo(0))
                .body("rows", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "groupBy=day&tz=Mars/Olympus, tz",
        "tz=%2B08:00, tz",
        "groupBy=colour, groupBy",
        "'groupBy=day,week,month', groupBy",
        "'groupBy=day,day', groupBy",
        "groupBy=dimensions., groupBy",
        "calendar=de, calendar",
        "cohort=closed, cohort",
        "target=30, target",
        "target=-PT5M, target",
        "compare=next, compare",
        "compare=previous&groupBy=month, compare",
        "asOf=2999-01-01T00:00:00Z, asOf",
        "since=2025-04-01T00:00:00Z, since",
        "since=1900-01-01T00:00:00Z, since",
        "limit=10, limit",
        "level=HIGH, level"
    })
    void whatMakesNoSenseIsRefusedByName(String parameter, String field) {
        for (String form : new String[] {"", ".csv", ".ndjson", ".xlsx", ".html"}) {
            Answers.refuse(PATH + form + "?until=2025-04-01T00:00:00Z&" + parameter, field);
        }
    }

    @Test
    void whatIsNotOfferedIsNotFound() {
        given().get(PATH + ".xls").then().statusCode(404).contentType("application/problem+json");
    }
}
