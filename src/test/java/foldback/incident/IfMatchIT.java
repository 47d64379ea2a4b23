package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.Concurrent;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who acts on what they saw, and not on what it has become. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class IfMatchIT {
    private static final int AT_ONCE = 8;

    private final Rule rule = new Rule();

    @Test
    void anActionOnWhatTheIncidentStillIsIsRecorded() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String seen = tag(id);
        String answered = given().noContentType()
                .header("If-Match", "\"old\", " + seen)
                .post("/api/incidents/" + id + "/acknowledge")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        given().noContentType()
                .header("If-Match", answered)
                .post("/api/incidents/" + id + "/unacknowledge")
                .then()
                .statusCode(200);
        given().noContentType()
                .header("If-Match", "*")
                .post("/api/incidents/" + id + "/resolve")
                .then()
                .statusCode(200);
    }

    @Test
    void whoActsOnWhatItWasIsToldAndNothingIsRecorded() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String seen = tag(id);
        rule.alert("i-1", "2025-03-04T02:10:00Z");
        for (String action : List.of("acknowledge", "unacknowledge", "resolve", "notes")) {
            refused(id, action, seen);
        }
        rule.ok("i-1", "2025-03-04T02:20:00Z");
        refused(id, "resolve", seen);
        given().get("/api/incidents/" + id + "/timeline").then().body("items", hasSize(3));
    }

    @Test
    void anAcknowledgementTakenBackIsAChangeTwice() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String seen = tag(id);
        given().noContentType()
                .post("/api/incidents/" + id + "/acknowledge")
                .then()
                .statusCode(200);
        given().noContentType()
                .post("/api/incidents/" + id + "/unacknowledge")
                .then()
                .statusCode(200);
        refused(id, "acknowledge", seen);
    }

    @Test
    void aWeakTagMatchesNothing() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        refused(id, "acknowledge", "W/" + tag(id));
    }

    @Test
    void whatDoesNotExistMatchesNothing() {
        given().noContentType()
                .header("If-Match", "*")
                .post("/api/incidents/" + UUID.randomUUID() + "/acknowledge")
                .then()
                .statusCode(404);
    }

    @Test
    void ofSeveralWhoActOnTheSameStateOneIsFirst() {
        for (int round = 0; round < 5; round++) {
            String id = rule.alert("round-" + round, "2025-03-04T02:00:00Z");
            String seen = tag(id);
            List<Integer> statuses = Concurrent.run(AT_ONCE, n -> given().contentType("application/json")
                    .header("If-Match", seen)
                    .body("{\"note\":\"mine\"}")
                    .post("/api/incidents/" + id + "/notes")
                    .statusCode());
            assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses::toString);
            assertEquals(
                    AT_ONCE - 1,
                    statuses.stream().filter(status -> status == 412).count(),
                    statuses::toString);
            given().get("/api/incidents/" + id).then().body("noteCount", equalTo(1));
        }
    }

    private static void refused(String id, String action, String tag) {
        given().contentType("application/json")
                .header("If-Match", tag)
                .body("{\"note\":\"n\"}")
                .post("/api/incidents/" + id + "/" + action)
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:foldback:problem:precondition-failed"))
                .body("errors.field", contains("If-Match"));
    }

    private static String tag(String id) {
        return given().get("/api/incidents/" + id)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
    }
}
