package foldback.history;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams over HTTP. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class StreamIT {
    private static final List<String> FIELDS = List.of(
            "id",
            "userId",
            "ruleId",
            "alertName",
            "namespace",
            "metricName",
            "dimensions",
            "instanceName",
            "regionId",
            "regionName",
            "groupId",
            "productGroupName",
            "unit",
            "labels",
            "signal",
            "signalSince",
            "lastSignalAt",
            "openIncidentId",
            "signalCount",
            "strayCount",
            "duplicateCount",
            "lateCount",
            "incidentCount");

    private final Rule rule = new Rule();

    @Test
    void aStreamSaysWhatItIsAndHowItGoes() {
        rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        rule.ok("i-1", "2025-03-04T02:20:00Z");
        String open = rule.alert("i-1", "2025-03-04T04:00:00Z", "customLabels", "{team=web}", "unit", "%");
        rule.alert("i-1", "2025-03-04T04:00:00Z", "customLabels", "{team=web}", "unit", "%");
        rule.alert("i-1", "2025-03-04T03:59:00Z");
        ValidatableResponse stream =
                given().get("/api/streams/" + rule.stream("i-1")).then().statusCode(200);
        assertEquals(
                FIELDS,
                List.copyOf(stream.extract().<Map<String, Object>>path("$").keySet()));
        stream.body("userId", equalTo("1"))
                .body("ruleId", equalTo(rule.id))
                .body("dimensions", equalTo(Map.of("instanceId", "i-1")))
                .body("unit", equalTo("%"))
                .body("labels", equalTo(Map.of("team", "web")))
                .body("instanceName", nullValue())
                .body("signal", equalTo("ALERT"))
                .body("signalSince", equalTo("2025-03-04T03:59:00Z"))
                .body("lastSignalAt", equalTo("2025-03-04T04:00:00Z"))
                .body("openIncidentId", equalTo(open))
                .body("signalCount", equalTo(5))
                .body("strayCount", equalTo(1))
                .body("duplicateCount", equalTo(1))
                .body("lateCount", equalTo(1))
                .body("incidentCount", equalTo(2));
        rule.ok("i-1", "2025-03-04T05:00:00Z");
        given().get("/api/streams/" + rule.stream("i-1")).then().body("openIncidentId", nullValue());
    }

    @Test
    void theLatestSignalComesFirstAndPagesVisitEachOnce() {
        rule.alert("a", "2025-03-04T02:00:00Z");
        rule.alert("b", "2025-03-04T03:00:00Z");
        rule.alert("c", "2025-03-04T02:00:00Z");
        rule.ok("d", "2025-03-04T04:00:00Z");
        List<String> all =
                list("count=exact").body("count", equalTo(4)).extract().path("items.id");
        list("").body("items[0].dimensions.instanceId", equalTo("d"))
                .body("items[1].dimensions.instanceId", equalTo("b"));
        List<String> seen = new ArrayList<>();
        ValidatableResponse page = list("limit=1");
        while (page.extract().path("next") != null) {
            seen.addAll(page.extract().path("items.id"));
            page = list("limit=1&cursor=" + page.extract().path("next"));
        }
        seen.addAll(page.extract().path("items.id"));
        assertEquals(all, seen);
    }

    @ParameterizedTest
    @CsvSource({
        "signal=OK, 1",
        "signal!=OK, 2",
        "signal=OK&signal=ALERT, 3",
        "dimensions.instanceId=a, 1",
        "dimensions.instanceId!=a, 2",
        "userId=1, 3",
        "userId=2, 0",
        "alertName=cpu of*, 3",
        "alertName=mem*, 0",
        "namespace=acs_ecs_dashboard, 3",
        "metricName=cpu_total, 3"
    })
    void filters(String query, int streams) {
        rule.alert("a", "2025-03-04T02:00:00Z");
        rule.alert("b", "2025-03-04T02:00:00Z");
        rule.ok("c", "2025-03-04T02:00:00Z");
        list(query).body("items", hasSize(streams));
    }

    @ParameterizedTest
    @ValueSource(strings = {"signal=ok", "signal=", "limit=0", "cursor=x", "count=1", "sort=id", "q=+", "userId=%00"})
    void refusesUnderTheNameOfTheParameter(String query) {
        given().urlEncodingEnabled(false)
                .get("/api/streams?" + query)
                .then()
                .statusCode(400)
                .body("errors.field", contains(query.substring(0, query.indexOf('='))));
    }

    @Test
    void anIdIsMalformedOrUnknown() {
        given().get("/api/streams/1").then().statusCode(400).body("errors.field", contains("id"));
        given().get("/api/streams/0198c0de-0000-8000-8000-000000000000").then().statusCode(404);
        given().get("/api/streams/0198c0de-0000-8000-8000-000000000000/incidents")
                .then()
                .statusCode(404);
        given().get("/api/streams/1/incidents").then().statusCode(400).body("errors.field", contains("id"));
    }

    private ValidatableResponse list(String query) {
        return given().get("/api/streams?ruleId=" + rule.id + "&" + query)
                .then()
                .statusCode(200);
    }
}
