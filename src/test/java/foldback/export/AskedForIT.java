package foldback.export;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statement of an export holds what is asked for in its text: that stays a value, whatever it looks like there. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AskedForIT {
    private static final List<String> TEXTS = List.of(
            "it's",
            "'",
            "''",
            "\\",
            "\\'",
            "a\\'; drop table incidents; --",
            "'); drop table incidents; --",
            "') or true or i.group_id in ('",
            "E'\\n'",
            ":p0",
            ":asked",
            "::text",
            "?",
            "$1",
            "$$",
            "%s %1$s",
            "{a,\"b\"}",
            "a, b",
            "/* x */",
            "line\nbreak",
            "数据'库");

    @Test
    void aFilterFindsWhatTheListFinds() {
        Rule rule = new Rule();
        for (String text : TEXTS) {
            rule.alert(text, "2025-03-04T02:00:00Z", "groupId", text);
        }
        for (String text : TEXTS) {
            for (String name : List.of("groupId", "dimensions.instanceId!", "q")) {
                List<String> listed = listed(rule, name, text);
                assertFalse(listed.isEmpty(), name + " " + text);
                assertEquals(listed, exported(rule, name, text), name + " " + text);
            }
            assertEquals(1, exported(rule, "groupId", text).size(), text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "since, 0001-01-01T00:00:00+05:00, 1",
        "until, 9999-12-31T23:59:59-18:00, 1",
        "at, 0001-01-01T00:00:00Z, 0",
        "since, 2025-03-04T02:00:00Z, 1",
        "since, 2025-03-04T02:00:00.000001Z, 0",
        "until, 2025-03-04T02:00:00.000001Z, 1"
    })
    void anInstantIsTheSameInstant(String name, String at, int found) {
        Rule rule = new Rule();
        rule.alert("plain", "2025-03-04T02:00:00Z");
        assertEquals(found, listed(rule, name, at).size());
        assertEquals(listed(rule, name, at), exported(rule, name, at));
    }

    private static List<String> listed(Rule rule, String name, String text) {
        return given().queryParam("ruleId", rule.id)
                .queryParam(name, text)
                .get("/api/incidents")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    private static List<String> exported(Rule rule, String name, String text) {
        String lines = given().queryParam("ruleId", rule.id)
                .queryParam(name, text)
                .accept("application/x-ndjson")
                .get("/api/incidents")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return lines.lines().map(line -> JsonPath.from(line).getString("id")).toList();
    }
}
