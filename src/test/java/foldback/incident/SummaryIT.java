package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is open, summed up. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class SummaryIT {
    private final Rule rule = new Rule();

    @Test
    void countsWhatIsOpenOfEachGroupTheWorstFirst() {
        String acknowledged =
                rule.alert("a", "2025-03-04T02:00:00Z", "triggerLevel", "WARN", "regionId", "cn-hangzhou");
        given().noContentType()
                .post("/api/incidents/" + acknowledged + "/acknowledge")
                .then()
                .statusCode(200);
        rule.alert("b", "2025-03-04T01:00:00Z", "triggerLevel", "CRITICAL", "regionId", "cn-beijing");
        rule.alert("c", "2025-03-04T03:00:00Z", "triggerLevel", "INFO", "regionId", "cn-hangzhou");
        rule.alert("d", "2025-03-04T04:00:00Z", "triggerLevel", "WARN", "regionId", "cn-qingdao");
        rule.alert("e", "2025-03-04T05:00:00Z");
        rule.alert("f", "2025-03-04T00:00:00Z", "triggerLevel", "CRITICAL", "regionId", "cn-resolved");
        rule.ok("f", "2025-03-04T00:10:00Z");
        summary("groupBy=regionId")
                .body("items.group.regionId", contains("cn-beijing", "cn-hangzhou", "cn-qingdao", null))
                .body("items.worstLevel", contains("CRITICAL", "WARN", "WARN", null))
                .body("items.open", contains(1, 2, 1, 1))
                .body("items.acknowledged", contains(0, 1, 0, 0))
                .body("items[1].oldestOpenedAt", equalTo("2025-03-04T02:00:00Z"))
                .body("next", nullValue())
                .body("count", nullValue());
        summary("groupBy=level").body("items.group.level", contains("CRITICAL", "WARN", "INFO", null));
        summary("groupBy=userId").body("items.group.userId", contains("1")).body("items.open", contains(5));
        summary("groupBy=alertName").body("items.group.alertName", contains("cpu of " + rule.id));
        summary("groupBy=namespace").body("items.group.namespace", contains("acs_ecs_dashboard"));
        summary("").body("items.group.ruleId", contains(rule.id));
    }

    @Test
    void takesTheFiltersOfTheList() {
        rule.alert("a", "2025-03-04T02:00:00Z", "triggerLevel", "WARN");
        rule.alert("b", "2025-03-04T03:00:00Z", "triggerLevel", "CRITICAL");
        summary("groupBy=level&level=WARN").body("items.group.level", contains("WARN"));
        summary("groupBy=level&level!=WARN").body("items.group.level", contains("CRITICAL"));
        summary("groupBy=level&until=2025-03-04T02:30:00Z").body("items.group.level", contains("WARN"));
        summary("groupBy=level&dimensions.instanceId=b").body("items.group.level", contains("CRITICAL"));
        summary("groupBy=level&acknowledged=true").body("items", empty());
        summary("groupBy=level&status=resolved").body("items", empty());
        summary("groupBy=level&stale=true").body("items.open", contains(1, 1));
    }

    @Test
    void pagesMeetEachGroupOnce() {
        List<String> regions = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            String region = n == 3 ? "杭州|;," : "region-" + n;
            regions.add(region);
            rule.alert("a-" + n, "2025-03-04T02:00:00Z", "regionId", region, "triggerLevel", n < 4 ? "WARN" : "INFO");
        }
        rule.alert("none", "2025-03-04T02:00:00Z");
        String url = "/api/incidents/summary?groupBy=regionId&limit=2&count=exact&ruleId=" + rule.id;
        List<String> met = new ArrayList<>();
        String next = null;
        do {
            String page = next == null ? url : url + "&cursor=" + next;
            JsonPath json = given().get(page)
                    .then()
                    .statusCode(200)
                    .body("count", equalTo(8))
                    .extract()
                    .jsonPath();
            met.addAll(json.getList("items.group.regionId"));
            next = json.getString("next");
        } while (next != null && met.size() < 20);
        assertEquals(8, met.size(), met::toString);
        regions.add(null);
        assertEquals(new java.util.HashSet<>(regions), new java.util.HashSet<>(met));
        String link = given().get(url).header("Link");
        String following = link.substring(1, link.indexOf('>'));
        given().urlEncodingEnabled(false).get(following).then().statusCode(200).body("items", hasSize(2));
    }

    @Test
    void namesOfMoreThan8MiBMakeAPageShorterButLoseNoGroup() {
        for (int n = 0; n < 48; n++) {
            rule.alert("i-" + n, "2025-03-04T02:00:00Z", "alertName", "n".repeat(200_000) + n);
        }
        String url = "/api/incidents/summary?groupBy=alertName&limit=1000&ruleId=" + rule.id;
        JsonPath first = given().get(url).then().statusCode(200).extract().jsonPath();
        int shown = first.getList("items").size();
        assertEquals(42, shown, "8 MiB of 200 KB each, and the one that exceeds it");
        given().get(url + "&cursor=" + first.getString("next"))
                .then()
                .statusCode(200)
                .body("items", hasSize(48 - shown))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupBy=instanceName",
                "groupBy=",
                "groupBy=level&groupBy=level",
                "groupBy!=level",
                "sort=openedAt",
                "asOf=2025-03-04T00:00:00Z",
                "limit=0",
                "cursor=x",
                "count=some",
                "colour=red",
                "status=closed",
                "since=now"
            })
    void refusesUnderTheNameOfTheParameter(String query) {
        given().urlEncodingEnabled(false)
                .get("/api/incidents/summary?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains(query.substring(0, query.indexOf('='))));
    }

    @Test
    void aCursorIsOfUseForItsSummaryOnly() {
        rule.alert("a", "2025-03-04T02:00:00Z", "regionId", "a");
        rule.alert("b", "2025-03-04T02:00:00Z", "regionId", "b");
        String url = "/api/incidents/summary?limit=1&ruleId=" + rule.id;
        String cursor = given().get(url + "&groupBy=regionId").path("next");
        given().get(url + "&groupBy=level&cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("errors.field", contains("cursor"));
    }

    private ValidatableResponse summary(String query) {
        return given().get("/api/incidents/summary?ruleId=" + rule.id + "&" + query)
                .then()
                .statusCode(200);
    }
}
