package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actions on many incidents at once. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class BulkIT {
    private final Rule rule = new Rule();

    @Test
    void eachIsAnsweredInTheOrderGivenAndOneThatCannotBeLeavesTheOthers() {
        String first = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String over = rule.alert("i-2", "2025-03-04T02:00:00Z");
        rule.ok("i-2", "2025-03-04T02:10:00Z");
        String unknown = UUID.randomUUID().toString();
        String last = rule.alert("i-3", "2025-03-04T02:00:00Z");
        act("resolve", "\"note\":\"storm is over\",\"by\":\"alice\"", last, unknown, over, first)
                .statusCode(200)
                .body("results.id", contains(last, unknown, over, first))
                .body("results.status", contains(200, 404, 409, 200))
                .body("results[0].incident.id", equalTo(last))
                .body("results[0].incident.status", equalTo("resolved"))
                .body("results[0].incident.resolvedBy", equalTo("operator"))
                .body("results[0].problem", nullValue())
                .body("results[1].incident", nullValue())
                .body("results[1].problem.type", equalTo("urn:foldback:problem:unknown-id"))
                .body("results[2].problem.status", equalTo(409))
                .body("results[2].problem.detail", containsString(over))
                .body("results[3].incident.status", equalTo("resolved"));
        given().get("/api/incidents/" + first + "/timeline")
                .then()
                .body("items.type", contains("signal", "resolved"))
                .body("items[1].by", equalTo("local/alice"))
                .body("items[1].note", equalTo("storm is over"));
        given().get("/api/incidents/" + over + "/timeline").then().body("items", hasSize(2));
    }

    @Test
    void acknowledgesSeveralOfOneStreamToo() {
        String first = rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        String second = rule.alert("i-1", "2025-03-04T03:00:00Z");
        rule.ok("i-1", "2025-03-04T03:10:00Z");
        String third = rule.alert("i-1", "2025-03-04T04:00:00Z");
        act("acknowledge", "\"note\":null", third, first, second)
                .statusCode(200)
                .body("results.status", contains(200, 200, 200))
                .body("results.incident.id", contains(third, first, second))
                .body("results.incident.acknowledgedBy", everyItem(equalTo("local")));
        given().get("/api/streams/" + rule.stream("i-1"))
                .then()
                .body("signalCount", equalTo(5))
                .body("incidentCount", equalTo(3))
                .body("openIncidentId", equalTo(third));
        given().queryParam("streamId", rule.stream("i-1"))
                .queryParam("type", "acknowledged")
                .get("/api/events")
                .then()
                .body("items", hasSize(3));
    }

    @Test
    void anIncidentNamedTwiceOrByAnotherOfItsEventsIsActedOnOnce() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String reminder = rule.alert("i-1", "2025-03-04T02:10:00Z");
        act("acknowledge", "\"by\":\"bob\"", id, reminder, id)
                .statusCode(200)
                .body("results.id", contains(id, reminder, id))
                .body("results.status", contains(200, 200, 200))
                .body("results.incident.id", contains(id, id, id));
        given().get("/api/incidents/" + id + "/timeline")
                .then()
                .body("items.type", contains("signal", "signal", "acknowledged"));
    }

    @Test
    void resolvesAsOfAnEarlierInstantWhereThatCanBe() {
        String early = rule.alert("i-1", "2025-03-04T02:00:00Z");
        act("acknowledge", "\"note\":\"seen\"", early).statusCode(200);
        String late = rule.alert("i-2", "2025-03-04T03:00:00Z");
        act("resolve", "\"at\":\"2025-03-04T02:30:00Z\"", late, early)
                .statusCode(200)
                .body("results.status", contains(400, 200))
                .body("results[0].problem.errors.field", contains("at"))
                .body("results[1].incident.resolvedAt", equalTo("2025-03-04T02:30:00Z"))
                .body("results[1].incident.timeToResolveSeconds", equalTo(1800))
                .body("results[1].incident.acknowledgedAt", notNullValue());
        given().get("/api/incidents/" + late).then().body("status", equalTo("open"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{}; ids",
                "{\"ids\":null}; ids",
                "{\"ids\":[]}; ids",
                "{\"ids\":\"ID\"}; ids",
                "{\"ids\":[\"ID\",\"ID\",\"ID\",\"x\"]}; ids[3]",
                "{\"ids\":[\"ID\",null]}; ids[1]",
                "{\"ids\":[\"ID\",7]}; ids[1]",
                "{\"ids\":[\"ID\",{\"a\":1}]}; ids[1]",
                "{\"ids\":[\"ID\",\"1-1-1-1-1\"]}; ids[1]",
                "{\"ids\":[\"ID\"],\"at\":\"2025-03-04T02:00:00Z\"}; at",
                "{\"ids\":[\"ID\"],\"note\":\"\\u0000\"}; note",
                "{\"ids\":[\"ID\"],\"by\":\"a\\nb\"}; by",
                "{\"ids\":[\"ID\"],\"comment\":\"x\"}; comment"
            })
    void aBodyThatMakesNoSenseIsRefusedUnderItsField(String body, String field) {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        given().contentType("application/json")
                .body(body.replace("ID", id))
                .post("/api/incidents/acknowledge")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains(field));
        given().get("/api/incidents/" + id).then().body("acknowledgedAt", nullValue());
    }

    @Test
    void noBodyNoInstantInTheFutureAndNoIfMatch() {
        given().noContentType()
                .post("/api/incidents/acknowledge")
                .then()
                .statusCode(400)
                .body("errors.field", contains("ids"));
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        act("resolve", "\"at\":\"2225-03-04T02:00:00Z\"", id).statusCode(400).body("errors.field", contains("at"));
        given().contentType("application/json")
                .header("If-Match", "*")
                .body(body("\"note\":null", List.of(id)))
                .post("/api/incidents/acknowledge")
                .then()
                .statusCode(400)
                .body("errors.field", contains("If-Match"));
    }

    @Test
    void takesAThousandAndNoMore() {
        List<String> ids = new ArrayList<>(Collections.nCopies(1000, rule.alert("i-1", "2025-03-04T02:00:00Z")));
        act("acknowledge", "\"note\":null", ids.toArray(String[]::new))
                .statusCode(200)
                .body("results", hasSize(1000));
        ids.add(ids.get(0));
        act("acknowledge", "\"note\":null", ids.toArray(String[]::new))
                .statusCode(400)
                .body("errors.field", contains("ids"));
    }

    @Test
    void aThousandStreamsAtOnceAreActedOnEachOnce() {
        String objects = IntStream.range(0, 1000)
                .mapToObj(n -> "{\"instanceId\":\"i-" + n + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        List<String> ids = rule.callback("none", "ALERT", "2025-03-04T02:00:00Z", "dimensions", objects)
                .extract()
                .path("events.incidentId");
        act("acknowledge", "\"note\":\"storm\"", ids.toArray(String[]::new))
                .statusCode(200)
                .body("results.id", equalTo(ids))
                .body("results.incident.id", equalTo(ids));
        act("resolve", "\"at\":\"2025-03-04T02:30:00Z\"", ids.toArray(String[]::new))
                .statusCode(200)
                .body("results.status", everyItem(equalTo(200)))
                .body("results.incident.resolvedAt", everyItem(equalTo("2025-03-04T02:30:00Z")));
        given().get("/api/incidents?count=exact&acknowledged=true&status=resolved&ruleId=" + rule.id)
                .then()
                .body("count", equalTo(1000));
        given().get("/api/incidents/" + ids.get(500) + "/timeline").then().body("items", hasSize(3));
    }

    private static ValidatableResponse act(String action, String more, String... ids) {
        return given().contentType("application/json")
                .body(body(more, List.of(ids)))
                .post("/api/incidents/" + action)
                .then();
    }

    private static String body(String more, List<String> ids) {
        return ids.stream().collect(Collectors.joining("\",\"", "{\"ids\":[\"", "\"]," + more + "}"));
    }
}
