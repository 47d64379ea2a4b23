package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.fold.Field;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An incident over HTTP with the event that each of its fields came from. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ExplainIT {
    private final Rule rule = new Rule();

    @Test
    void namesTheEventOfEachField() {
        rule.ok("i-1", "2025-03-04T01:00:00Z");
        String first = rule.alert(
                "i-1",
                "2025-03-04T02:00:00Z",
                "triggerLevel",
                "CRITICAL",
                "curValue",
                "97",
                "expression",
                "$Average>=90");
        String second = rule.alert(
                "i-1", "2025-03-04T02:01:00Z", "triggerLevel", "WARN", "curValue", "85", "expression", "$Average>=80");
        String noData = rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:02:00Z");
        String ok = rule.ok("i-1", "2025-03-04T02:03:00Z", "curValue", "40");
        given().contentType("application/json")
                .body("{\"note\":\"a load test\"}")
                .post("/api/incidents/" + first + "/notes")
                .then()
                .statusCode(200)
                .body("$", not(hasKey("explain")));
        Map<String, String> explain = explain(first);
        assertEquals(
                Stream.of(Field.values()).map(Field::key).toList(), List.copyOf(explain.keySet()), "as the incident's");
        Map<String, List<String>> byEvent = explain.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        String note = byEvent.keySet().stream()
                .filter(event -> !List.of(first, second, noData, ok).contains(event))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(
                        "id",
                        "streamId",
                        "userId",
                        "ruleId",
                        "dimensions",
                        "peakLevel",
                        "openedAt",
                        "openedBy",
                        "firstReceivedAt",
                        "openingValue",
                        "worstValue",
                        "reopenCount"),
                byEvent.get(first));
        assertEquals(
                List.of(
                        "alertName",
                        "namespace",
                        "metricName",
                        "instanceName",
                        "regionId",
                        "regionName",
                        "groupId",
                        "productGroupName",
                        "unit",
                        "labels",
                        "level",
                        "expression",
                        "alertCount"),
                byEvent.get(second));
        assertEquals(
                List.of(
                        "status",
                        "stale",
                        "signal",
                        "resolvedAt",
                        "resolvedEarliest",
                        "resolvedBy",
                        "lastSignalAt",
                        "durationSeconds",
                        "unobservedSeconds",
                        "timeToResolveSeconds",
                        "currentValue",
                        "recoveryValue"),
                byEvent.get(ok));
        assertEquals(List.of("noteCount"), byEvent.get(note));
        assertEquals(
                List.of("transId", "timeToAcknowledgeSeconds", "acknowledgedAt", "acknowledgedBy"),
                explain.keySet().stream()
                        .filter(field -> explain.get(field) == null)
                        .toList());
    }

    @Test
    void saysWhatTheTimelineSays() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z", "triggerLevel", "WARN");
        rule.alert("i-1", "2025-03-04T02:05:00Z", "triggerLevel", "CRITICAL");
        given().noContentType()
                .post("/api/incidents/" + id + "/acknowledge")
                .then()
                .statusCode(200);
        rule.alert("i-1", "2025-03-04T02:03:00Z", "triggerLevel", "INFO", "curValue", "3");
        Map<String, String> latest = new HashMap<>();
        List<Map<String, Object>> entries = given().get("/api/incidents/" + id + "/timeline")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        for (Map<String, Object> entry : entries) {
            ((List<?>) entry.get("set")).forEach(field -> latest.put((String) field, (String) entry.get("eventId")));
        }
        Map<String, String> explain = explain(id);
        explain.values().removeIf(event -> event == null);
        assertEquals(latest, explain);
    }

    @Test
    void passesBySeveralThousandEvents() {
        String id = null;
        String last = null;
        for (int hour = 0; hour < 5; hour++) {
            int first = hour * 1200;
            List<String> events = given().contentType("application/json")
                    .body(IntStream.range(first, first + 1200)
                            .mapToObj(minute -> "{\"ruleId\":\"" + rule.id
                                    + "\",\"alertState\":\"ALERT\",\"timestamp\":" + (1_741_053_600 + minute * 60)
                                    + ",\"dimensions\":{\"instanceId\":\"i-1\"}}")
                            .collect(Collectors.joining(",", "[", "]")))
                    .post("/callbacks/local")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("events.eventId");
            id = id == null ? events.get(0) : id;
            last = events.get(events.size() - 1);
        }
        Map<String, String> explain = explain(id);
        assertEquals(last, explain.get("lastSignalAt"));
        assertEquals(id, explain.get("openedAt"));
        given().get("/api/incidents/" + id).then().body("alertCount", equalTo(6000));
    }

    @Test
    void anotherMembersIdKeepsTheQuestion() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String again = rule.alert("i-1", "2025-03-04T02:10:00Z");
        given().redirects()
                .follow(false)
                .get("/api/incidents/" + again + "?include=explain")
                .then()
                .statusCode(308)
                .header("Location", "/api/incidents/" + id + "?include=explain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"include=everything", "include=Explain", "include=", "include=explain&include=explain"})
    void nothingElseCanBeIncluded(String query) {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        given().get("/api/incidents/" + id + "?" + query)
                .then()
                .statusCode(400)
                .body("errors.field", contains("include"));
    }

    private static Map<String, String> explain(String id) {
        return given().get("/api/incidents/" + id + "?include=explain")
                .then()
                .statusCode(200)
                .extract()
                .path("explain");
    }
}
