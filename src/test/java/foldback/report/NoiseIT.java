package foldback.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule sends, and what of it was for nothing: what {@link ReportOracleIT} does not reach. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class NoiseIT {
    private static final String PATH = "/api/reports/noise";
    private static final String MARCH = "since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z";

    private static final String MANY = """
            with made as (
                insert into streams (stream_id, user_id, rule_id, dimensions, labels, terms)
                select gen_random_uuid(), '%1$s', '%1$s-' || n, '{}', '{}', '{userId=%1$s}' from generate_series(1, %2$d) n
                returning stream_id
            )
            insert into incidents (
                stream_id, id, first_at, first_id, last_at, last_id, opened_at, first_received_at, unobserved_micros, alert_count,
                reopen_count, note_count, signal, opened_by)
            select stream_id, stream_id, '2025-03-04', stream_id, '2025-03-04', stream_id, '2025-03-04', '2025-03-04', 0, 1, 0, 0,
                'ALERT', 'signal'
            from made
            """;

    private static final String CLEAR = """
            with gone as (delete from streams where user_id = '%s' returning stream_id)
            delete from incidents where stream_id in (select stream_id from gone)
            """;

    @Inject
    DataSource database;

    private final Rule rule = new Rule();

    private String query(String more) {
        return PATH + "?ruleId=" + rule.id + "&" + MARCH + more;
    }

    private JsonNode row(String more) {
        JsonNode rows = Outages.read(query(more)).get("rows");
        assertEquals(1, rows.size(), rows.toString());
        return rows.get(0);
    }

    private static void has(JsonNode row, String column, Object value) {
        assertEquals(String.valueOf(value), row.get(column).asText(), column + " of " + row);
    }

    @Test
    void aRuleIsCountedAcrossItsStreams() {
        rule.alert("a", "2025-03-04T02:00:00Z");
        rule.alert("a", "2025-03-04T02:01:00Z");
        rule.ok("a", "2025-03-04T02:05:00Z");
        rule.ok("a", "2025-03-04T02:06:00Z");
        rule.alert("a", "2025-03-04T02:15:00Z");
        rule.ok("a", "2025-03-04T02:19:59Z");
        rule.alert("b", "2025-03-04T02:00:00Z");
        JsonNode row = row("");
        has(row, "alertName", "cpu of " + rule.id);
        has(row, "alerts", 4);
        has(row, "incidents", 3);
        has(row, "shorterThan5MinutesShare", 1 / 3.0);
        has(row, "flaps", 1);
        has(row, "strays", 1);
        has(row, "neverResolved", 1);
        has(row, "stale", 1);
        has(row("&dimensions.instanceId=b"), "alerts", 1);
        has(row("&dimensions.instanceId=b"), "strays", 0);
        has(row("&status=resolved"), "alerts", 3);
        has(row("&status=resolved"), "strays", 1);
        has(row("&status=open"), "strays", 0);
    }

    @Test
    void anAlertCountsWhereItOccurredAndAnIncidentInItsCohort() {
        rule.alert("a", "2025-02-28T23:00:00Z");
        rule.alert("a", "2025-03-01T00:00:00Z");
        rule.alert("a", "2025-03-31T23:59:59Z");
        rule.alert("a", "2025-04-01T00:00:00Z");
        rule.ok("a", "2025-04-01T01:00:00Z");
        has(row(""), "alerts", 2);
        has(row(""), "incidents", 0);
        has(row("&cohort=overlaps"), "alerts", 2);
        has(row("&cohort=overlaps"), "incidents", 1);
        has(row("&cohort=resolved"), "incidents", 0);
        rule.alert("ends", "2025-02-28T23:00:00Z");
        rule.alert("ends", "2025-03-01T00:00:00Z");
        rule.ok("ends", "2025-03-01T00:00:00Z");
        has(row(""), "alerts", 3);
        has(row(""), "strays", 0);
        has(row("&cohort=resolved"), "incidents", 1);
        has(row("&cohort=overlaps"), "incidents", 1);
    }

    @Test
    void aRuleWithOnlyStraysHasARow() {
        rule.ok("a", "2025-03-04T02:00:00Z", "alertName", "old name");
        rule.ok("a", "2025-03-04T03:00:00Z", "alertName", "new name");
        JsonNode row = row("");
        has(row, "alertName", "new name");
        has(row, "strays", 2);
        has(row, "incidents", 0);
        assertTrue(row.get("shorterThan5MinutesShare").isNull(), row.toString());
        assertEquals(0, Outages.read(query("&level=WARN")).get("rows").size());
    }

    @Test
    void rulesWithoutAnIdAreToldByTheirNames() {
        String userId = "noise-" + UUID.randomUUID();
        for (String name : List.of("disk", "disk", "memory", "")) {
            String dimensions = "{instanceId=" + UUID.randomUUID() + "}";
            rule.alert(
                    "x",
                    "2025-03-04T02:00:00Z",
                    "userId",
                    userId,
                    "ruleId",
                    "",
                    "alertName",
                    name,
                    "dimensions",
                    dimensions);
        }
        JsonNode rows = Outages.read(PATH + "?userId=" + userId + "&" + MARCH).get("rows");
        assertEquals(3, rows.size(), rows.toString());
        for (JsonNode row : rows) {
            assertTrue(row.get("ruleId").isNull(), row.toString());
        }
        assertEquals(
                "disk 2",
                rows.get(0).get("alertName").textValue() + " " + rows.get(0).get("alerts"));
        assertEquals(
                "memory 1",
                rows.get(1).get("alertName").textValue() + " " + rows.get(1).get("alerts"));
        assertTrue(rows.get(2).get("alertName").isNull(), rows.toString());
    }

    @Test
    void theLagIsThatOfSignalsWithATimeOfTheirOwn() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        rule.alert("a", now.minusSeconds(10).toString());
        rule.alert("b", now.minusSeconds(1000).toString());
        rule.alert("c", now.plusSeconds(100).toString());
        rule.alert("d", now.plus(Duration.ofDays(3)).toString());
        JsonNode row = Outages.read(PATH + "?ruleId=" + rule.id + "&until=" + now.plusSeconds(1000))
                .at("/rows/0");
        has(row, "alerts", 4);
        double median = row.get("deliveryLagMedianSeconds").doubleValue();
        assertTrue(median >= 10 && median < 30, row.toString());
        double longest = row.get("deliveryLagMaxSeconds").doubleValue();
        assertTrue(longest >= 1000 && longest < 1020, row.toString());
        JsonNode ahead = Outages.read(
                        PATH + "?ruleId=" + rule.id + "&dimensions.instanceId=c&until=" + now.plusSeconds(1000))
                .at("/rows/0");
        double early = ahead.get("deliveryLagMaxSeconds").doubleValue();
        assertTrue(early <= -80 && early >= -100, ahead.toString());
        JsonNode estimated = Outages.read(
                        PATH + "?ruleId=" + rule.id + "&dimensions.instanceId=d&until=" + now.plusSeconds(1000))
                .at("/rows/0");
        assertTrue(estimated.get("deliveryLagMaxSeconds").isNull(), estimated.toString());
    }

    @Test
    void asOfBeforeALateAlertItsOkIsStillAStray() {
        String stray = rule.ok("a", "2025-03-04T03:00:00Z");
        rule.alert("b", "2025-03-04T02:00:00Z", "alertName", "old name");
        String last = rule.ok("b", "2025-03-04T03:00:00Z", "alertName", "old name");
        String then = given().get("/api/events/" + last).path("recordedAt");
        Response before = Answers.to(query("&asOf=" + then));
        before.then()
                .body("header.asOf", equalTo(then))
                .body("rows[0].strays", equalTo(1))
                .body("rows[0].alerts", equalTo(1))
                .body("rows[0].incidents", equalTo(1));
        rule.alert("a", "2025-03-04T02:00:00Z");
        rule.ok("b", "2025-03-05T03:00:00Z", "alertName", "new name");
        assertArrayEquals(
                before.asByteArray(), Answers.to(query("&asOf=" + then)).asByteArray());
        JsonNode row = row("");
        has(row, "strays", 1);
        has(row, "alerts", 2);
        has(row, "incidents", 2);
        has(row, "alertName", "new name");
        given().get("/api/events/" + stray).then().body("incidentId", notNullValue());
    }

    @Test
    void itIsHashedAsItSays() throws NoSuchAlgorithmException {
        rule.alert("a", "2025-03-04T02:00:00Z");
        String body = Answers.to(query("")).asString();
        String rows = body.substring(body.indexOf("\"rows\":[") + 8, body.length() - 2);
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest((rows + "\n").getBytes(StandardCharsets.UTF_8));
        assertTrue(body.contains("\"sha256\":\"" + HexFormat.of().formatHex(sha256) + "\""), body);
    }

    @Test
    void moreRulesThanAReportHoldsAreRefusedRatherThanCut() throws SQLException {
        String userId = "noise-" + UUID.randomUUID();
        Sql.execute(database, MANY.formatted(userId, Rules.MOST + 1));
        try {
            given().get(PATH + "?userId=" + userId + "&" + MARCH)
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem("ruleId"));
        } finally {
            Sql.execute(database, CLEAR.formatted(userId));
        }
    }

    @Test
    void nothingIsAReportWithoutRows() {
        Answers.to(query(""))
                .then()
                .header("Foldback-Made-At", matchesPattern("\\d{4}-.*Z"))
                .body("header.since", equalTo("2025-03-01T00:00:00Z"))
                .body("header.groupBy", equalTo(List.of("ruleId")))
                .body("header.incidents", equalTo(0))
                .body("header.rows", equalTo(0))
                .body("rows", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "tz=Mars/Olympus, tz",
        "cohort=closed, cohort",
        "groupBy=level, groupBy",
        "target=PT5M, target",
        "limit=10, limit",
        "asOf=2999-01-01T00:00:00Z, asOf",
        "since=2025-04-01T00:00:00Z, since",
        "stale=perhaps, stale"
    })
    void whatMakesNoSenseIsRefusedByName(String parameter, String field) {
        Answers.refuse(PATH + "?until=2025-04-01T00:00:00Z&" + parameter, field);
    }
}
