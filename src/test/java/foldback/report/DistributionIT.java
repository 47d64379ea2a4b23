package foldback.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import foldback.incident.Rule;
import foldback.report.PlainReading.Lasting;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buckets and curve: what {@link ReportOracleIT} does not reach. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class DistributionIT {
    private static final String PATH = "/api/reports/distribution";
    private static final String MARCH = "since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z";
    private static final int ALERTS_A_CALLBACK = 400;

    private final Rule rule = new Rule();
    private final ArrayNode waiting = new ObjectMapper().createArrayNode();

    private String query(String more) {
        return PATH + "?ruleId=" + rule.id + "&" + MARCH + more;
    }

    private void outage(String instance, String opened, double seconds) {
        rule.alert(instance, opened);
        rule.ok(
                instance,
                Instant.parse(opened).plusMillis((long) (seconds * 1000)).toString());
    }

    @Test
    void bucketsAndPointsAreThoseOfSixIncidents() {
        outage("a", "2025-03-04T02:00:00Z", 0);
        outage("b", "2025-03-04T02:00:00Z", 1);
        outage("c", "2025-03-04T02:00:00Z", 4.999);
        outage("d", "2025-03-04T02:00:00Z", 5);
        String then = "2025-03-04T02:00:07Z";
        rule.alert("e", then);
        rule.alert("e", then, "triggerLevel", "WARN");
        JsonNode answer = Outages.read(query("&level!=WARN"));
        assertEquals(
                "[{\"fromSeconds\":0,\"toSeconds\":1,\"count\":1,\"open\":0},{\"fromSeconds\":1,\"toSeconds\":2,\"count\":1,\"open\":0},"
                        + "{\"fromSeconds\":2,\"toSeconds\":5,\"count\":1,\"open\":0},{\"fromSeconds\":5,\"toSeconds\":10,\"count\":1,\"open\":0}]",
                answer.get("buckets").toString());
        List<String> points = new ArrayList<>();
        answer.get("survival")
                .forEach(point ->
                        points.add(point.get("seconds") + " " + point.get("share") + " " + point.get("atRisk")));
        assertEquals(List.of("0 0.75 4", "1 0.5 3", "4.999 0.25 2", "5 0 1"), points);
        JsonNode all = Outages.read(query(""));
        assertEquals(1, all.at("/header/open").intValue());
        JsonNode oldest = all.get("buckets").get(all.get("buckets").size() - 1);
        assertEquals(1, oldest.get("open").intValue(), oldest.toString());
        JsonNode end = all.get("survival").get(4);
        assertEquals("0.2 1", end.get("share") + " " + end.get("atRisk"));
        assertTrue(end.get("low").doubleValue() < 0.2 && end.get("high").doubleValue() > 0.2, end.toString());
    }

    @Test
    void aCurveOfManyStepsIsThinnedAndSaysSo() {
        List<Lasting> lasting = new ArrayList<>();
        Instant at = Instant.parse("2025-03-01T00:00:00Z");
        int many = Curve.MOST_WHOLE + 500;
        for (int n = 0; n < many; n++) {
            // Most are short, and each lasts a millisecond longer than the one before.
            long millis = n < many - 20 ? 1000 + n : 1000L * n;
            add("ALERT", at);
            add("OK", at.plusMillis(millis));
            lasting.add(new Lasting(millis * 1000, false));
            at = at.plusMillis(millis + 1);
        }
        flush();
        JsonNode answer = Outages.read(query("&until=2025-05-01T00:00:00Z").replace("&until=2025-04-01T00:00:00Z", ""));
        assertEquals(many, answer.at("/header/incidents").intValue());
        assertEquals(many, answer.at("/header/steps").intValue());
        JsonNode points = answer.get("survival");
        assertTrue(points.size() > 800 && points.size() < 2000, points.size() + " points");
        PlainDistribution plain = new PlainDistribution(lasting);
        for (int n = 0; n < points.size(); n += n < points.size() - 30 ? 97 : 1) {
            JsonNode point = points.get(n);
            plain.has(point.get("seconds").decimalValue().movePointRight(6).longValueExact(), point, point.toString());
        }
        assertEquals(
                (many - 1) * 1000L, points.get(points.size() - 1).get("seconds").longValue() * 1000L);
        isCloseToEachStep(points, lasting);
    }

    /** What the definitions promise of a step that is left out. */
    private static void isCloseToEachStep(JsonNode points, List<Lasting> lasting) {
        int kept = -1;
        for (int n = 0; n < lasting.size(); n++) {
            double seconds = lasting.get(n).micros() / 1e6;
            if (points.get(kept + 1).get("seconds").doubleValue() == seconds) {
                kept++;
            } else {
                double share = 1 - (n + 1.0) / lasting.size();
                JsonNode before = points.get(kept);
                assertTrue(share > before.get("share").doubleValue() - Curve.FALL, seconds + " behind " + before);
                assertTrue(seconds < before.get("seconds").doubleValue() * Curve.GROWTH, seconds + " behind " + before);
            }
        }
        assertEquals(points.size() - 1, kept);
    }

    private void add(String state, Instant at) {
        if (waiting.size() == ALERTS_A_CALLBACK) {
            flush();
        }
        waiting.addObject()
                .put("ruleId", rule.id)
                .put("alertState", state)
                .put("timestamp", at.toEpochMilli())
                .put("dimensions", "{instanceId=many}");
    }

    private void flush() {
        given().contentType("application/json")
                .body(waiting.toString())
                .post("/callbacks/local")
                .then()
                .statusCode(200);
        waiting.removeAll();
    }

    @Test
    void itIsHashedAsItSays() throws NoSuchAlgorithmException {
        outage("a", "2025-03-04T02:00:00Z", 60);
        rule.alert("b", "2025-03-04T02:00:00Z");
        String body = Answers.to(query("")).asString();
        String lines = body.substring(body.indexOf("\"buckets\":["))
                .replaceFirst("\"buckets\":\\[", "")
                .replace("],\"survival\":[", ",")
                .replace("]}", "")
                .replace("},{", "}\n{");
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest((lines + "\n").getBytes(StandardCharsets.UTF_8));
        assertTrue(body.contains("\"sha256\":\"" + HexFormat.of().formatHex(sha256) + "\""), body);
    }

    @Test
    void theSameAsOfGivesTheSameBytes() {
        outage("a", "2025-03-04T02:00:00Z", 60);
        String opened = rule.alert("b", "2025-03-04T02:00:00Z");
        String then = given().get("/api/events/" + opened).path("recordedAt");
        String asked = query("&cohort=overlaps&asOf=" + then);
        Response before = Answers.to(asked);
        before.then().body("header.open", equalTo(1)).body("header.asOf", equalTo(then));
        rule.ok("b", "2025-03-04T02:30:00Z");
        outage("c", "2025-03-04T02:00:00Z", 10);
        assertArrayEquals(before.asByteArray(), Answers.to(asked).asByteArray());
        Answers.to(query("")).then().body("header.open", equalTo(0)).body("header.incidents", equalTo(3));
    }

    @Test
    void nothingIsAnEmptyDistribution() {
        Answers.to(query("&tz=Asia/Shanghai"))
                .then()
                .header("Foldback-Made-At", matchesPattern("\\d{4}-.*Z"))
                .body("header.since", equalTo("2025-03-01T00:00:00Z"))
                .body("header.tz", equalTo("Asia/Shanghai"))
                .body("header.filter.ruleId", equalTo(List.of(rule.id)))
                .body("header.incidents", equalTo(0))
                .body("header.steps", equalTo(0))
                .body("buckets", equalTo(List.of()))
                .body("survival", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "tz=Mars/Olympus, tz",
        "cohort=closed, cohort",
        "groupBy=level, groupBy",
        "target=PT5M, target",
        "compare=previous, compare",
        "sort=openedAt, sort",
        "limit=10, limit",
        "asOf=2999-01-01T00:00:00Z, asOf",
        "since=2025-04-01T00:00:00Z, since",
        "level=HIGH, level"
    })
    void whatMakesNoSenseIsRefusedByName(String parameter, String field) {
        Answers.refuse(PATH + "?until=2025-04-01T00:00:00Z&" + parameter, field);
    }
}
