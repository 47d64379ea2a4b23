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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
        return Stream.of(lines.split("\n"))
                .map(line -> JsonPath.from(line).getString("id"))
                .toList();
    }
}
