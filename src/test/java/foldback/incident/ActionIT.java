package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people do about an incident over HTTP, and how its timeline tells it. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ActionIT {
    private final Rule rule = new Rule();

    @Test
    void acknowledgingNamesWhoAndRepeatingItChangesNothing() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String at = act(id, "acknowledge", "{\"by\":\"alice\",\"note\":\"on it\"}")
                .statusCode(200)
                .body("id", equalTo(id))
                .body("acknowledgedBy", equalTo("local/alice"))
                .body("timeToAcknowledgeSeconds", notNullValue())
                .extract()
                .path("acknowledgedAt");
        act(id, "acknowledge", "{}")
                .statusCode(200)
                .body("acknowledgedAt", equalTo(at))
                .body("acknowledgedBy", equalTo("local/alice"));
        act(id, "unacknowledge", "{}").statusCode(200).body("acknowledgedAt", nullValue());
        given().get("/api/incidents/" + id + "/timeline")
                .then()
                .body("items.effect", contains("opened", "acknowledged", "none", "unacknowledged"))
                .body("items[1].by", equalTo("local/alice"))
                .body("items[1].note", equalTo("on it"))
                .body("items[1].set", contains("acknowledgedAt", "acknowledgedBy", "timeToAcknowledgeSeconds"))
                .body("items[2].set", empty());
    }

    @Test
    void anActionNeedsNoBody() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        given().noContentType()
                .post("/api/incidents/" + id + "/acknowledge")
                .then()
                .statusCode(200)
                .body("acknowledgedBy", equalTo("local"));
    }

    @Test
    void resolvingByHandAsOfAnEarlierInstant() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:30:00Z");
        act(id, "resolve", "{\"at\":\"2025-03-04T01:59:59Z\"}").statusCode(400).body("errors.field", contains("at"));
        act(id, "resolve", "{\"at\":\"2225-03-04T01:59:59Z\"}").statusCode(400).body("errors.field", contains("at"));
        act(id, "resolve", "{\"at\":\"2025-03-04T02:10:00Z\"}")
                .statusCode(200)
                .body("status", equalTo("resolved"))
                .body("resolvedAt", equalTo("2025-03-04T02:10:00Z"))
                .body("resolvedBy", equalTo("operator"))
                .body("timeToResolveSeconds", equalTo(600));
        act(id, "resolve", "{}").statusCode(409).body("type", equalTo("urn:foldback:problem:conflict"));
        given().get("/api/incidents/" + id + "/timeline")
                .then()
                .body("items.type", contains("signal", "resolved"))
                .body("items.effect", contains("opened", "resolved"))
                .body("items[1].set", hasItems("status", "resolvedAt", "resolvedBy", "timeToResolveSeconds"));
    }

    @Test
    void notesStandOnTheTimelineOfTheirIncidentOnly() {
        String first = rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        String second = rule.alert("i-1", "2025-03-04T03:00:00Z");
        act(first, "notes", "{\"note\":\"looked at the first, 又来了\"}")
                .statusCode(200)
                .body("noteCount", equalTo(1));
        given().get("/api/incidents/" + first + "/timeline")
                .then()
                .body("items.effect", contains("opened", "resolved", "noted"))
                .body("items[2].note", equalTo("looked at the first, 又来了"))
                .body("items[2].signal", nullValue())
                .body("items[2].receivedAt", notNullValue());
        given().get("/api/incidents/" + second + "/timeline").then().body("items.effect", contains("opened"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "notes; {}; note",
                "notes; {\"note\":\" \"}; note",
                "notes; {\"note\":\"a\\u0000b\"}; note",
                "notes; {\"note\":\"a\\ud800b\"}; note",
                "notes; {\"note\":{\"a\":1}}; note",
                "notes; {\"note\":\"x\",\"by\":\"a\\nb\"}; by",
                "acknowledge; {\"note\":\"x\",\"at\":\"2025-03-04T02:00:00Z\"}; at",
                "acknowledge; {\"comment\":\"x\"}; comment",
                "resolve; {\"at\":\"now\"}; at",
                "resolve; {\"at\":\"+999999999-01-01T00:00:00Z\"}; at"
            })
    void aBodyThatMakesNoSenseIsRefusedUnderItsField(String action, String body, String field) {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        act(id, action, body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains(field));
        given().get("/api/incidents/" + id + "/timeline").then().body("items.effect", contains("opened"));
    }

    @Test
    void textsHaveALength() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        act(id, "notes", "{\"note\":\"" + "n".repeat(10_000) + "\",\"by\":\"" + "b".repeat(200) + "\"}")
                .statusCode(200);
        act(id, "notes", "{\"note\":\"" + "n".repeat(10_001) + "\"}")
                .statusCode(400)
                .body("errors.field", contains("note"));
        act(id, "notes", "{\"note\":\"n\",\"by\":\"" + "b".repeat(201) + "\"}")
                .statusCode(400)
                .body("errors.field", contains("by"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"[]", "\"text\"", "{", "{} {}", "7"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        act(id, "acknowledge", body).statusCode(400).contentType("application/problem+json");
    }

    private static ValidatableResponse act(String id, String action, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/incidents/" + id + "/" + action)
                .then();
    }
}
