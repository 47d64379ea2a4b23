package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of incidents over HTTP: filters, times, sorts and pages. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class IncidentListIT {
    private Rule rule;

    @BeforeEach
    void send() {
        rule = FourIncidents.sent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "status=open; db",
                "status=resolved; 队列 web twin",
                "status!=open; 队列 web twin",
                "status=open&status=resolved; 队列 db web twin",
                "stale=true; db",
                "stale=false; 队列 web twin",
                "acknowledged=true; db",
                "acknowledged!=true; 队列 web twin",
                "level=CRITICAL; twin",
                "level=CRITICAL&level=WARN; db twin",
                "level!=WARN; 队列 web twin",
                "peakLevel=CRITICAL; web twin",
                "regionId=cn-hangzhou; web",
                "regionId!=cn-hangzhou; 队列 db twin",
                "groupId=77; db",
                "instanceName=web-1; web",
                "namespace=acs_mns; 队列",
                "metricName=cpu_total; db web twin",
                "metricName=cpu_total&level=CRITICAL; twin",
                "dimensions.instanceId=队列; 队列",
                "dimensions.instanceId=web&dimensions.instanceId=db; db web",
                "dimensions.instanceId!=web; 队列 db twin",
                "dimensions.other=web; ",
                "label.team=data; db",
                "label.team=data&label.team=web; db twin",
                "label.team=data&label.tier=2; ",
                "label.team!=data; 队列 web twin",
                "userId=1; 队列 db web twin",
                "userId!=1; ",
                "since=2025-03-04T03:00:00Z; 队列 db",
                "until=2025-03-04T03:00:00Z; web twin",
                "since=2025-03-04T02:00:00Z&until=2025-03-04T02:00:00.001Z; web twin",
                "since=2025-03-04T10:00:00+08:00&until=2025-03-04T10:00:01+08:00; web twin",
                "time=resolved&since=2025-03-04T02:30:00Z; 队列 web",
                "time=resolved; 队列 web twin",
                "time=overlaps&since=2025-03-04T02:05:00Z&until=2025-03-04T03:00:00Z; web",
                "time=overlaps&since=2025-03-04T02:04:00Z&until=2025-03-04T03:00:00.5Z; db web twin",
                "at=2025-03-04T02:04:59Z; web twin",
                "at=2025-03-04T02:05:00Z; web",
                "at=2025-03-04T03:30:00Z; db"
            })
    void filters(String query, String instances) {
        list(query).body("items.dimensions.instanceId", containsInAnyOrder(split(instances)));
    }

    @Test
    void alertNamesTakeAWildcard() {
        list("alertName=*").body("items", hasSize(4));
        list("alertName=cpu of *").body("items", hasSize(4));
        list("alertName=CPU of *").body("items", hasSize(0));
        list("alertName=*" + rule.id).body("items", hasSize(4));
        list("alertName=cpu of " + rule.id).body("items", hasSize(4));
        list("alertName=cpu_of*").body("items", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "openedAt; web twin db 队列",
                "-openedAt; 队列 db twin web",
                "resolvedAt; twin web 队列 db",
                "-resolvedAt; 队列 web twin db",
                "duration; twin 队列 web db",
                "-duration; db web 队列 twin",
                "lastSignalAt; twin web db 队列",
                "-lastSignalAt; 队列 db web twin",
                "level; web db twin 队列",
                "-level; twin db web 队列",
                "peakLevel; db web twin 队列",
                "-peakLevel; twin web db 队列"
            })
    void sortsAndPagesAlike(String sort, String instances) {
        list("sort=" + sort).body("items.dimensions.instanceId", contains(split(instances)));
        for (int limit = 1; limit <= 4; limit++) {
            assertEquals(List.of(split(instances)), walk("sort=" + sort + "&limit=" + limit));
        }
    }

    @Test
    void aWalkVisitsEachOfManyWithTheSameKeyOnce() {
        Rule many = new Rule();
        for (int i = 0; i < 25; i++) {
            many.alert("i-" + i, "2025-03-04T02:00:00Z");
        }
        for (String sort : List.of("openedAt", "-openedAt", "-duration", "level", "-resolvedAt")) {
            List<String> seen = walk(many, "limit=4&sort=" + sort);
            assertEquals(25, seen.size(), sort);
            assertEquals(25, new HashSet<>(seen).size(), sort);
        }
    }

    @Test
    void countsOnDemandOnly() {
        list("limit=1").body("count", nullValue()).body("items", hasSize(1));
        list("limit=1&count=none").body("count", nullValue());
        list("limit=1&count=exact").body("count", equalTo(4));
    }

    @Test
    void theLastPageHasNoNext() {
        list("limit=4").body("next", nullValue()).header("Link", nullValue());
    }

    @Test
    void aStreamListsItsOwn() {
        Rule other = new Rule();
        other.alert("web", "2025-03-04T02:00:00Z");
        other.ok("web", "2025-03-04T02:30:00Z");
        other.alert("web", "2025-03-04T05:00:00Z");
        other.alert("db", "2025-03-04T05:00:00Z");
        String own = "/api/streams/" + other.stream("web") + "/incidents";
        given().get(own)
                .then()
                .statusCode(200)
                .body("items.openedAt", contains("2025-03-04T05:00:00Z", "2025-03-04T02:00:00Z"));
        given().get(own + "?status=open&count=exact").then().body("count", equalTo(1));
    }

    private ValidatableResponse list(String query) {
        return list(rule, query);
    }

    private static ValidatableResponse list(Rule rule, String query) {
        return given().get("/api/incidents?ruleId=" + rule.id + "&" + query)
                .then()
                .statusCode(200);
    }

    private List<String> walk(String query) {
        return walk(rule, query);
    }

    private static List<String> walk(Rule rule, String query) {
        List<String> seen = new ArrayList<>();
        ValidatableResponse page = list(rule, query);
        while (true) {
            seen.addAll(page.extract().path("items.dimensions.instanceId"));
            String link = page.extract().header("Link");
            if (link == null) {
                return seen;
            }
            page.header("Link", endsWith(">; rel=\"next\""));
            page = given().urlEncodingEnabled(false)
                    .get(link.substring(1, link.indexOf('>')))
                    .then()
                    .statusCode(200);
        }
    }

    private static String[] split(String words) {
        return words == null ? new String[0] : words.split(" ");
    }
}
