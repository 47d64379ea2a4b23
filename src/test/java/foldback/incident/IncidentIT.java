package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One incident over HTTP: its fields, its other ids, what people do to it. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class IncidentIT {
    private static final List<String> FIELDS = List.of(
            "id, status, stale, streamId, userId, ruleId, alertName, namespace, metricName, dimensions, instanceName,"
                    .concat(" regionId, regionName, groupId, productGroupName, unit, labels, level, peakLevel, signal,")
                    .concat(" expression, transId, openedAt, openedBy, resolvedAt, resolvedEarliest, resolvedBy,")
                    .concat(" lastSignalAt, firstReceivedAt, durationSeconds, unobservedSeconds,")
                    .concat(" timeToAcknowledgeSeconds, timeToResolveSeconds, acknowledgedAt, acknowledgedBy,")
                    .concat(
                            " openingValue, currentValue, worstValue, recoveryValue, alertCount, reopenCount, noteCount,")
                    .concat(" previousIncidentId, previousResolvedAt, incidentsLast30Days")
                    .split(",\\s*"));

    private final Rule rule = new Rule();

    @Test
    void hasTheFieldsOfTheContractInItsOrder() {
        String id = rule.alert("i-1", "2025-03-04T02:17:11.386Z");
        Map<String, Object> incident = given().get("/api/incidents/" + id)
                .then()
                .statusCode(200)
                .extract()
                .path("$");
        assertEquals(FIELDS, List.copyOf(incident.keySet()));
    }

    @Test
    void isWhatItsEventsFoldTo() {
        String id = rule.alert(
                "i-1",
                "2025-03-04T02:17:11.386Z",
                "triggerLevel",
                "WARN",
                "curValue",
                "85.3",
                "expression",
                "$Average>=80",
                "customLabels",
                "{team=web}");
        rule.alert(
                "i-1",
                "2025-03-04T02:18:00Z",
                "triggerLevel",
                "CRITICAL",
                "curValue",
                "97",
                "expression",
                "$Average>=90");
        rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:18:30Z");
        rule.ok("i-1", "2025-03-04T02:18:46.772Z", "curValue", "40");
        given().get("/api/incidents/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("resolved"))
                .body("stale", equalTo(false))
                .body("userId", equalTo("1"))
                .body("ruleId", equalTo(rule.id))
                .body("dimensions", equalTo(Map.of("instanceId", "i-1")))
                .body("labels", equalTo(Map.of()))
                .body("level", equalTo("CRITICAL"))
                .body("peakLevel", equalTo("CRITICAL"))
                .body("signal", equalTo("OK"))
                .body("openedAt", equalTo("2025-03-04T02:17:11.386Z"))
                .body("openedBy", equalTo("signal"))
                .body("resolvedAt", equalTo("2025-03-04T02:18:46.772Z"))
                .body("resolvedEarliest", equalTo("2025-03-04T02:18:30Z"))
                .body("resolvedBy", equalTo("signal"))
                .body("durationSeconds", equalTo(95.386f))
                .body("unobservedSeconds", equalTo(16.772f))
                .body("timeToResolveSeconds", equalTo(95.386f))
                .body("timeToAcknowledgeSeconds", nullValue())
                .body("openingValue", equalTo("85.3"))
                .body("currentValue", equalTo("40"))
                .body("worstValue", equalTo("97"))
                .body("recoveryValue", equalTo("40"))
                .body("alertCount", equalTo(2));
    }

    @Test
    void knowsTheIncidentBefore() {
        String first = rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.ok("i-1", "2025-03-04T03:00:00Z");
        String second = rule.alert("i-1", "2025-03-04T04:00:00Z");
        given().get("/api/incidents/" + first)
                .then()
                .body("previousIncidentId", nullValue())
                .body("previousResolvedAt", nullValue());
        given().get("/api/incidents/" + second)
                .then()
                .body("previousIncidentId", equalTo(first))
                .body("previousResolvedAt", equalTo("2025-03-04T03:00:00Z"))
                .body("incidentsLast30Days", equalTo(0))
                .body("stale", equalTo(true))
                .body("durationSeconds", greaterThan(30_000_000f));
    }

    @Test
    void anotherMembersIdLeadsToItWithTheRestOfTheRequest() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String again = rule.alert("i-1", "2025-03-04T02:10:00Z");
        String ok = rule.ok("i-1", "2025-03-04T02:20:00Z");
        for (String member : List.of(again, ok)) {
            given().redirects()
                    .follow(false)
                    .get("/api/incidents/" + member + "/timeline?limit=2")
                    .then()
                    .statusCode(308)
                    .header("Location", "/api/incidents/" + id + "/timeline?limit=2");
            given().redirects()
                    .follow(false)
                    .contentType("application/json")
                    .body("{\"note\":\"x\"}")
                    .post("/api/incidents/" + member + "/notes")
                    .then()
                    .statusCode(308)
                    .header("Location", "/api/incidents/" + id + "/notes");
            given().get("/api/incidents/" + member).then().statusCode(200).body("id", equalTo(id));
        }
        String noData = rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:05:00Z");
        given().get("/api/incidents/" + noData).then().statusCode(404);
    }

    @Test
    void anIdIsMalformedOrUnknown() {
        given().get("/api/incidents/no-id").then().statusCode(400).body("errors.field", contains("id"));
        given().get("/api/incidents/0198c0de-0000-7000-8000-000000000000")
                .then()
                .statusCode(404);
        given().get("/api/incidents/0198c0de-0000-7000-8000-000000000000/timeline")
                .then()
                .statusCode(404);
        given().noContentType()
                .post("/api/incidents/0198c0de-0000-7000-8000-000000000000/acknowledge")
                .then()
                .statusCode(404);
    }
}
