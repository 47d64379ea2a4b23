package foldback.history;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log over HTTP. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class EventIT {
    private static final List<String> FIELDS = List.of(
            "id",
            "streamId",
            "callbackId",
            "type",
            "occurredAt",
            "receivedAt",
            "recordedAt",
            "timeEstimated",
            "signal",
            "level",
            "previousLevel",
            "curValue",
            "unit",
            "expression",
            "conditions",
            "transId",
            "incidentId",
            "by",
            "note",
            "userId",
            "ruleId",
            "alertName",
            "namespace",
            "metricName",
            "dimensions",
            "instanceName",
            "regionId",
            "groupId",
            "labels",
            "callback",
            "deliveries");

    private final Rule rule = new Rule();

    @Test
    void anEventKeepsAllThatWasSent() {
        String expression = "[{\"expression\":\"$Average>90\",\"level\":4,\"times\":2}]";
        String id = rule.alert(
                "i-1",
                "2025-03-04T02:00:00Z",
                "triggerLevel",
                "CRITICAL",
                "preTriggerLevel",
                "WARN",
                "curValue",
                "95",
                "expression",
                expression,
                "extra",
                "哪里");
        rule.alert("i-1", "2025-03-04T02:00:00Z", "triggerLevel", "CRITICAL", "curValue", "95");
        ValidatableResponse event = given().get("/api/events/" + id).then().statusCode(200);
        assertEquals(
                FIELDS,
                List.copyOf(event.extract().<Map<String, Object>>path("$").keySet()));
        event.body("type", equalTo("signal"))
                .body("signal", equalTo("ALERT"))
                .body("level", equalTo("CRITICAL"))
                .body("previousLevel", equalTo("WARN"))
                .body("occurredAt", equalTo("2025-03-04T02:00:00Z"))
                .body("timeEstimated", equalTo(false))
                .body("conditions", hasSize(1))
                .body("conditions[0].expression", equalTo("$Average>90"))
                .body("conditions[0].level", equalTo("INFO"))
                .body("conditions[0].times", equalTo(2))
                .body("incidentId", equalTo(id))
                .body("by", nullValue())
                .body("callback.contentType", containsString("x-www-form-urlencoded"))
                .body("callback.remoteAddress", notNullValue())
                .body("callback.fields.extra", equalTo("哪里"))
                .body("callback.fields.expression", equalTo(expression))
                .body("callback.body", containsString("extra=%E5%93%AA%E9%87%8C"))
                .body("deliveries", hasSize(2))
                .body("deliveries[0].receivedAt", equalTo(event.extract().path("receivedAt")))
                .body("deliveries[1].remoteAddress", notNullValue());
        byte[] bytes = Base64.getDecoder().decode(event.extract().<String>path("callback.bodyBase64"));
        assertArrayEquals(event.extract().<String>path("callback.body").getBytes(StandardCharsets.UTF_8), bytes);
    }

    @Test
    void severalEventsShareTheBytesThatBroughtThem() {
        String body =
                "{\"ruleId\":\"" + rule.id + "\",\"alertState\":\"ALERT\",\"timestamp\":1741053600,\"curValue\":12.50,"
                        + "\"dimensions\":[{\"instanceId\":\"a\"},{\"instanceId\":\"b\"}]}";
        List<String> ids = given().contentType("application/json")
                .body(body)
                .post("/callbacks/local")
                .then()
                .statusCode(200)
                .extract()
                .path("events.eventId");
        assertEquals(2, ids.size());
        for (String id : ids) {
            given().get("/api/events/" + id)
                    .then()
                    .statusCode(200)
                    .body("callback.body", equalTo(body))
                    .body("callback.fields.curValue", equalTo(12.5f))
                    .body("conditions", nullValue())
                    .body("deliveries", hasSize(1));
        }
    }

    @Test
    void whatPeopleDoIsAnEventOfTheIncidentThatTheyNamed() {
        String first = rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        String stray = rule.ok("i-1", "2025-03-04T02:20:00Z");
        String second = rule.alert("i-1", "2025-03-04T03:00:00Z");
        act(first, "notes");
        act(second, "resolve");
        String stream = rule.stream("i-1");
        given().get("/api/events?type!=signal&streamId=" + stream)
                .then()
                .statusCode(200)
                .body("items.type", contains("resolved", "noted"))
                .body("items.incidentId", contains(second, first))
                .body("items.by", contains("local", "local"))
                .body("items.note", contains("look", "look"))
                .body("items.ruleId", contains(rule.id, rule.id))
                .body("items.signal", contains(nullValue(), nullValue()));
        String noted = given().get("/api/events?type=noted&streamId=" + stream)
                .then()
                .extract()
                .path("items[0].id");
        given().get("/api/events/" + noted)
                .then()
                .statusCode(200)
                .body("callback", nullValue())
                .body("deliveries", empty())
                .body("callbackId", nullValue());
        given().get("/api/events/" + stray).then().body("incidentId", nullValue());
    }

    @Test
    void theNewestRecordedComesFirstAndPagesVisitEachOnce() {
        List<String> ids = new ArrayList<>();
        for (int minute = 19; minute >= 10; minute--) {
            ids.add(rule.alert("i-1", "2025-03-04T02:" + minute + ":00Z"));
        }
        Collections.reverse(ids);
        String all = "/api/events?streamId=" + rule.stream("i-1");
        given().get(all + "&count=exact").then().body("items.id", equalTo(ids)).body("count", equalTo(10));
        List<String> seen = new ArrayList<>();
        String next = all + "&limit=3";
        while (next != null) {
            var page = given().urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.path("items.id"));
            String link = page.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertEquals(ids, seen);
    }

    @ParameterizedTest
    @CsvSource({
        "signal=ALERT, 2",
        "signal!=ALERT, 1",
        "type=signal, 3",
        "type=noted&type=resolved, 0",
        "since=2025-03-04T02:10:00Z, 2",
        "until=2025-03-04T02:10:00Z, 1",
        "since=2025-03-04T02:00:00Z&until=2025-03-04T02:00:00.000001Z, 1",
        "time=received&since=2025-03-05T00:00:00Z, 3",
        "time=received&until=2025-03-05T00:00:00Z, 0"
    })
    void filters(String query, int events) {
        rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.alert("i-1", "2025-03-04T02:10:00Z");
        rule.ok("i-1", "2025-03-04T02:20:00Z");
        given().get("/api/events?streamId=" + rule.stream("i-1") + "&" + query)
                .then()
                .statusCode(200)
                .body("items", hasSize(events));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "streamId=1",
                "streamId=",
                "type=ALERT",
                "signal=alert",
                "time=opened",
                "since=1",
                "until=2025",
                "limit=x",
                "cursor=y",
                "count=no",
                "sort=id",
                "q=x"
            })
    void refusesUnderTheNameOfTheParameter(String query) {
        given().urlEncodingEnabled(false)
                .get("/api/events?" + query)
                .then()
                .statusCode(400)
                .body("errors.field", contains(query.substring(0, query.indexOf('='))));
    }

    @Test
    void anIdIsMalformedOrUnknown() {
        given().get("/api/events/1").then().statusCode(400).body("errors.field", contains("id"));
        given().get("/api/events/0198c0de-0000-7000-8000-000000000000").then().statusCode(404);
    }

    private static void act(String incident, String action) {
        given().contentType("application/json")
                .body("{\"note\":\"look\"}")
                .post("/api/incidents/" + incident + "/" + action)
                .then()
                .statusCode(200);
    }
}
