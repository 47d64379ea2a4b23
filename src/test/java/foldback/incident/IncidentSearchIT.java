package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;

import foldback.search.Texts;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words are found wherever they stand, as parts, in any case and script. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class IncidentSearchIT {
    private static @Nullable Rule sent;

    private Rule rule = new Rule();

    @BeforeEach
    void send() {
        if (sent == null) {
            Rule fresh = new Rule();
            fresh.alert("rds-1", "2025-03-04T02:00:00Z", "alertName", "数据库CPU使用率过高", "metricName", "CpuUsage");
            String web = fresh.alert(
                    "i-web",
                    "2025-03-04T03:00:00Z",
                    "alertName",
                    "Großer Ärger 100%",
                    "instanceName",
                    "Web_01",
                    "customLabels",
                    "{team=支付 core, tier=1}");
            fresh.ok("i-web", "2025-03-04T03:10:00Z");
            fresh.alert("i-web", "2025-03-04T04:00:00Z", "alertName", "renamed", "instanceName", "Web_01");
            note(web, "Pool neu gestartet, Alicе fragt NACH");
            sent = fresh;
        }
        rule = sent;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "使用率; rds-1",
                "用; rds-1",
                "cpu使用; rds-1",
                "CPUUSAGE; rds-1",
                "RDS-; rds-1",
                "使率; ",
                "ärger; i-web",
                "ÄRGER groß; i-web",
                "100%; i-web",
                "100_; ",
                "b_0; i-web i-web",
                "b.0; ",
                "支付; i-web",
                "Team; i-web",
                "支付core; ",
                "pool; i-web",
                "GESTARTET; i-web",
                "pool 支付 web_01 cpu_total; i-web",
                "pool renamed; ",
                "RENAMED; i-web",
                "acs_ecs; rds-1 i-web i-web"
            })
    void words(String text, String instances) {
        given().queryParam("ruleId", rule.id)
                .queryParam("q", text)
                .get("/api/incidents")
                .then()
                .statusCode(200)
                .body("items.dimensions.instanceId", containsInAnyOrder(split(instances)));
    }

    @Test
    void theRuleItselfIsFound() {
        given().queryParam("q", rule.id.substring(3).toUpperCase(Locale.ROOT))
                .get("/api/incidents")
                .then()
                .body("items", hasSize(3));
    }

    @Test
    void severalSearchesAreOrAndExcluded() {
        given().queryParams(Map.of("ruleId", rule.id))
                .queryParam("q", "使用率", "renamed")
                .get("/api/incidents")
                .then()
                .body("items", hasSize(2));
        given().queryParams(Map.of("ruleId", rule.id))
                .queryParam("q!", "使用率")
                .get("/api/incidents")
                .then()
                .body("items.dimensions.instanceId", containsInAnyOrder("i-web", "i-web"));
    }

    @Test
    void aNameThatCameLateIsFoundToo() {
        Rule late = new Rule();
        late.alert("a", "2025-03-04T05:00:00Z", "alertName", "today");
        late.alert("a", "2025-03-04T01:00:00Z", "alertName", "昨日");
        late.ok("a", "2025-03-04T02:00:00Z");
        for (String name : new String[] {"today", "昨日"}) {
            given().queryParam("ruleId", late.id)
                    .queryParam("q", name)
                    .get("/api/incidents")
                    .then()
                    .body("items.alertName", containsInAnyOrder(name));
            given().queryParam("ruleId", late.id)
                    .queryParam("alertName", name)
                    .get("/api/incidents")
                    .then()
                    .body("items.alertName", containsInAnyOrder(name));
        }
    }

    @ParameterizedTest
    @CsvSource({"renamed, 1", "I-WEB, 1", "cpu_tot, 1", "ärger, 0", "支付, 0"})
    void streamsAreFoundByWhatTheyAreCalledNow(String text, int streams) {
        given().queryParam("ruleId", rule.id)
                .queryParam("dimensions.instanceId", "i-web")
                .queryParam("q", text)
                .get("/api/streams")
                .then()
                .statusCode(200)
                .body("items", hasSize(streams));
    }

    @Test
    void whatHasTooManyTermsIsFoundAllTheSame() {
        Rule long_ = new Rule();
        StringBuilder text = new StringBuilder();
        for (int c = 0x4E00; c < 0x4E00 + 3000; c++) {
            text.appendCodePoint(c);
        }
        long_.alert("a", "2025-03-04T05:00:00Z", "alertName", text + "尾巴");
        given().queryParam("ruleId", long_.id)
                .queryParam("q", "尾巴")
                .get("/api/incidents")
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void whatIsTooLongToBeKeptTwiceIsFoundAllTheSame() {
        Rule long_ = new Rule();
        long_.alert("a", "2025-03-04T05:00:00Z", "alertName", "x".repeat(Texts.MOST) + "尾巴");
        long_.alert("b", "2025-03-04T05:00:00Z", "alertName", "x".repeat(Texts.MOST / 2) + "尾巴");
        long_.ok("b", "2025-03-04T05:30:00Z");
        long_.alert("b", "2025-03-04T06:00:00Z", "alertName", "y".repeat(Texts.MOST / 2));
        given().queryParam("ruleId", long_.id)
                .queryParam("q", "尾巴")
                .get("/api/incidents")
                .then()
                .body("items.dimensions.instanceId", containsInAnyOrder("a", "b"));
    }

    private static void note(String incident, String text) {
        given().contentType("application/json")
                .body(Map.of("note", text))
                .post("/api/incidents/" + incident + "/notes")
                .then()
                .statusCode(200);
    }

    private static String[] split(@Nullable String words) {
        return words == null ? new String[0] : words.split(" ");
    }
}
