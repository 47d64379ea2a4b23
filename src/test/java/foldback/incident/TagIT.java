package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tags of answers: what changes them, what does not, and who has the answer already. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class TagIT {
    private static final String STRONG = "\"[\\w-]{24}\"";
    private static final String WEAK = "W/\"[\\w-]{24}\"";

    private final Rule rule = new Rule();

    @Test
    void anIncidentHasAStrongTagThatTheClockDoesNotChange() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String tag = tag(id);
        assertTrue(tag.matches(STRONG), tag);
        Number duration = duration(id);
        Await.until("a millisecond has passed", Duration.ofSeconds(5), () -> !duration.equals(duration(id)));
        assertEquals(tag, tag(id));
    }

    @Test
    void itsTagDoesNotChangeWhenItBecomesStale() {
        // Stale after 25 hours of silence: this one is within eight seconds.
        Instant almost =
                Instant.now().minus(Duration.ofHours(25)).plusSeconds(8).truncatedTo(ChronoUnit.MILLIS);
        String id = rule.alert("i-1", almost.toString());
        String tag = tag(id);
        String list = "/api/incidents?ruleId=" + rule.id;
        String listTag = given().get(list)
                .then()
                .body("items[0].stale", equalTo(false))
                .extract()
                .header("ETag");
        Await.until("it is stale", Duration.ofSeconds(40), () -> given().get("/api/incidents/" + id)
                .path("stale"));
        assertEquals(tag, tag(id));
        assertNotEquals(listTag, given().get(list).header("ETag"), "a list says that it has become stale");
    }

    @Test
    void everyEventThatTouchesItGivesATagThatItNeverHad() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        Set<String> tags = new HashSet<>(List.of(tag(id)));
        news(tags, id, () -> rule.alert("i-1", "2025-03-04T02:10:00Z"));
        news(tags, id, () -> rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:20:00Z"));
        news(tags, id, () -> rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:30:00Z"));
        // Changes no field at all: there was no data already, and came later.
        news(tags, id, () -> rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:25:00Z"));
        news(tags, id, () -> rule.alert("i-1", "2025-03-04T02:05:00Z"));
        for (int round = 0; round < 2; round++) {
            news(tags, id, () -> act(id, "acknowledge"));
            news(tags, id, () -> act(id, "acknowledge"));
            news(tags, id, () -> act(id, "unacknowledge"));
            news(tags, id, () -> act(id, "unacknowledge"));
            news(tags, id, () -> act(id, "notes"));
        }
        news(tags, id, () -> rule.ok("i-1", "2025-03-04T02:40:00Z"));
        news(tags, id, () -> rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:26:00Z"));
        news(tags, id, () -> act(id, "acknowledge"));
    }

    @Test
    void whatHappensElsewhereInItsStreamLeavesTheTagAlone() {
        rule.alert("i-1", "2025-03-04T01:00:00Z");
        rule.ok("i-1", "2025-03-04T01:10:00Z");
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        act(id, "acknowledge");
        String tag = tag(id);
        String next = rule.alert("i-1", "2025-03-04T03:00:00Z");
        act(next, "acknowledge");
        act(next, "notes");
        rule.alert("i-1", "2025-03-04T03:10:00Z");
        rule.ok("i-1", "2025-03-04T02:50:00Z");
        assertEquals(tag, tag(id));
    }

    @Test
    void whoHasTheIncidentIsToldSoWithoutIt() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String tag = tag(id);
        for (String known : List.of(tag, "W/" + tag, "*", "\"a,b\", " + tag, ",, " + tag + " ,", "W/\"x\",\t" + tag)) {
            given().header("If-None-Match", known)
                    .get("/api/incidents/" + id)
                    .then()
                    .statusCode(304)
                    .header("ETag", tag)
                    .header("Content-Type", emptyOrNullString())
                    .body(emptyOrNullString());
        }
        given().header("If-None-Match", "\"x\"", "W/" + tag)
                .get("/api/incidents/" + id)
                .then()
                .statusCode(304);
        given().header("If-None-Match", tag).head("/api/incidents/" + id).then().statusCode(304);
        given().header("If-None-Match", "\"another\"")
                .get("/api/incidents/" + id)
                .then()
                .statusCode(200);
        act(id, "acknowledge");
        given().header("If-None-Match", tag)
                .get("/api/incidents/" + id)
                .then()
                .statusCode(200)
                .header("ETag", not(tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x7Jd", "\"a", "a\"", "\"a\" \"b\"", "w/\"a\"", "\"a\", *", "'a'", ",", "W/a", "\"a b\""})
    void aHeaderWithoutTagsIsRefusedUnderItsName(String header) {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        given().header("If-None-Match", header)
                .get("/api/incidents/" + id)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:foldback:problem:invalid-header"))
                .body("errors.field", contains("If-None-Match"));
        given().noContentType()
                .header("If-Match", header)
                .post("/api/incidents/" + id + "/acknowledge")
                .then()
                .statusCode(400)
                .body("errors.field", contains("If-Match"));
    }

    @Test
    void anActionAnswersWithTheTagThatTheIncidentHasThen() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String answered = given().noContentType()
                .post("/api/incidents/" + id + "/acknowledge")
                .then()
                .statusCode(200)
                .header("ETag", matchesPattern(STRONG))
                .extract()
                .header("ETag");
        assertEquals(answered, tag(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/incidents?ruleId=RULE",
                "/api/incidents?ruleId=RULE&limit=1",
                "/api/incidents?ruleId=RULE&count=exact",
                "/api/incidents?ruleId=RULE&sort=-duration",
                "/api/streams?ruleId=RULE",
                "/api/streams/STREAM/incidents",
                "/api/events?streamId=STREAM",
                "/api/incidents/INCIDENT/timeline",
                "/api/incidents/summary?ruleId=RULE",
                "/api/quarantine?limit=1&kind=event"
            })
    void aListHasAWeakTagAndWhoHasItIsToldSo(String path) {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String other = rule.alert("i-2", "2025-03-04T03:00:00Z");
        rule.send("i-2", "INSUFFICIENT_DATA", "2025-03-04T03:10:00Z");
        String url = path.replace("RULE", rule.id)
                .replace("STREAM", rule.stream("i-1"))
                .replace("INCIDENT", id);
        String tag = given().get(url)
                .then()
                .statusCode(200)
                .header("ETag", matchesPattern(WEAK))
                .extract()
                .header("ETag");
        given().header("If-None-Match", tag)
                .get(url)
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(emptyOrNullString());
        given().header("If-None-Match", "x").get(url).then().statusCode(400);
        if (!path.contains("quarantine")) {
            act(id, "acknowledge");
            act(other, "acknowledge");
            rule.alert("i-1", "2025-03-04T02:20:00Z");
            rule.alert("i-2", "2025-03-04T03:20:00Z");
            given().header("If-None-Match", tag).get(url).then().statusCode(200);
        }
    }

    private static void news(Set<String> tags, String id, Runnable event) {
        event.run();
        String tag = tag(id);
        assertTrue(tags.add(tag), () -> tag + " came again in " + tags);
    }

    private static String tag(String id) {
        return given().get("/api/incidents/" + id)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
    }

    private static Number duration(String id) {
        return given().get("/api/incidents/" + id).path("durationSeconds");
    }

    private static void act(String id, String action) {
        given().contentType("application/json")
                .body("{\"note\":\"n\"}")
                .post("/api/incidents/" + id + "/" + action)
                .then()
                .statusCode(200);
    }
}
