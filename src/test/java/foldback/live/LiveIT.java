package foldback.live;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.incident.Rule;
import foldback.testing.Await;
import foldback.testing.Following;
import foldback.testing.Following.Event;
import foldback.testing.PostgresResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class LiveIT {
    private static final String EPISODE = "5d1c7a00-f8a4-11ef-8000-0123456789ab";

    private final Rule rule = new Rule();

    @Inject
    MeterRegistry registry;

    private Following follow(String filters) throws IOException {
        return Following.begin(RestAssured.port, "?ruleId=" + rule.id + filters);
    }

    private static Predicate<Event> of(String incident, String field, String value) {
        return event -> event.incident().equals(incident)
                && event.data().path(field).asText().equals(value);
    }

    @Test
    void tellsOfAnIncidentAsTheListShowsIt() throws IOException {
        try (Following following = follow("")) {
            String id = rule.alert("web", "2025-03-04T02:00:00Z", "triggerLevel", "WARN");
            Event opened = following.await("the opening", of(id, "status", "open"));
            assertEquals("incident", opened.type());
            JsonNode listed = new ObjectMapper()
                    .readTree(given().get("/api/incidents?ruleId=" + rule.id).asString())
                    .path("items")
                    .path(0);
            assertEquals(fields(listed), fields(opened.data()));
            assertEquals("WARN", opened.data().path("level").asText());
        }
    }

    private static List<String> fields(JsonNode incident) {
        List<String> names = new java.util.ArrayList<>();
        incident.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void beginsNowAndLeavesOutWhatTheFilterDoes() throws IOException {
        String before = rule.alert("before", "2025-03-04T02:00:00Z");
        Rule other = new Rule();
        try (Following following = follow("&instanceName=web-1")) {
            other.alert("web", "2025-03-04T02:00:00Z", "instanceName", "web-1");
            rule.alert("db", "2025-03-04T02:00:00Z", "instanceName", "db-1");
            String id = rule.alert("web", "2025-03-04T02:00:00Z", "instanceName", "web-1");
            following.await("the opening", of(id, "status", "open"));
            assertEquals(List.of(id), incidents(following), () -> "not " + before);
        }
    }

    private static List<String> incidents(Following following) {
        return following.events().stream().map(Event::incident).toList();
    }

    @Test
    void aResolutionReachesThoseWhoFollowWhatIsOpen() throws IOException {
        try (Following open = follow("&status=open");
                Following resolved = follow("&status=resolved")) {
            String id = rule.alert("web", "2025-03-04T02:00:00Z");
            open.await("the opening", of(id, "status", "open"));
            rule.ok("web", "2025-03-04T02:10:00Z");
            open.await("the resolution", of(id, "status", "resolved"));
            given().contentType("application/json")
                    .body("{\"note\":\"afterwards\"}")
                    .post("/api/incidents/" + id + "/notes")
                    .then()
                    .statusCode(200);
            resolved.await("the note", of(id, "noteCount", "1"));
            String next = rule.alert("web", "2025-03-04T03:00:00Z");
            open.await("the next opening", of(next, "status", "open"));
            assertEquals(List.of(id, id, next), incidents(open));
            assertEquals(List.of(id, id), incidents(resolved));
        }
    }

    @Test
    void filtersOnLevelAndAcknowledgementMatchWhatJustWas() throws IOException {
        try (Following warnings = follow("&level=WARN");
                Following unheeded = follow("&acknowledged=false")) {
            String id = rule.alert("web", "2025-03-04T02:00:00Z", "triggerLevel", "WARN");
            warnings.await("the opening", of(id, "level", "WARN"));
            rule.alert("web", "2025-03-04T02:10:00Z", "triggerLevel", "CRITICAL");
            warnings.await("the change of level", of(id, "level", "CRITICAL"));
            given().noContentType()
                    .post("/api/incidents/" + id + "/acknowledge")
                    .then()
                    .statusCode(200);
            unheeded.await("the acknowledgement", of(id, "acknowledgedBy", "local"));
            rule.alert("web", "2025-03-04T02:20:00Z", "triggerLevel", "WARN");
            warnings.await("the return of the level", of(id, "alertCount", "3"));
            assertEquals(3, warnings.events().size());
            assertEquals(3, unheeded.events().size());
        }
    }

    @Test
    void searchesWhatPeopleSaid() throws IOException {
        String id = rule.alert("web", "2025-03-04T02:00:00Z");
        try (Following following = follow("&q=%E7%A3%81%E7%9B%98");
                Following all = follow("")) {
            rule.alert("web", "2025-03-04T02:10:00Z");
            all.await("the alert, before anything is said", of(id, "alertCount", "2"));
            given().contentType("application/json")
                    .body("{\"note\":\"更换磁盘\"}")
                    .post("/api/incidents/" + id + "/notes")
                    .then()
                    .statusCode(200);
            following.await("the note", of(id, "noteCount", "1"));
            assertEquals(List.of(id), incidents(following));
        }
    }

    @Test
    void namesTheHolderOfAnIncidentThatALateEventRemoved() throws IOException {
        String missed = rule.ok("web", "2025-03-04T05:00:00Z", "transId", EPISODE, "preTriggerLevel", "CRITICAL");
        try (Following following = follow("&status=resolved")) {
            String alert = rule.alert("web", "2025-03-04T04:50:00Z", "transId", EPISODE);
            Event removed = following.await("the removal", event -> event.type().equals("removed"));
            assertEquals(
                    "{\"id\":\"" + missed + "\",\"heldBy\":\"" + alert + "\"}",
                    removed.data().toString());
            following.await("what it became", of(alert, "status", "resolved"));
        }
    }

    @Test
    void saysNullWhereNoIncidentHoldsTheEventsAnyMore() throws IOException {
        String missed = rule.ok("web", "2025-03-04T05:00:00Z", "transId", EPISODE, "preTriggerLevel", "CRITICAL");
        try (Following following = follow("")) {
            rule.ok("web", "2025-03-04T04:55:00Z", "transId", EPISODE, "preTriggerLevel", "CRITICAL");
            Event removed = following.await("the removal", event -> event.type().equals("removed"));
            assertEquals(
                    "{\"id\":\"" + missed + "\",\"heldBy\":null}",
                    removed.data().toString());
        }
    }

    @Test
    void resumesBehindAnIdFromTheHeaderOrTheParameter() throws IOException {
        String first;
        String id;
        try (Following following = follow("")) {
            first = following.lastId();
            id = rule.alert("web", "2025-03-04T02:00:00Z");
            following.await("the opening", of(id, "status", "open"));
        }
        rule.ok("web", "2025-03-04T02:10:00Z");
        for (Following resumed : List.of(
                Following.begin(RestAssured.port, "?ruleId=" + rule.id, "Last-Event-ID", first),
                follow("&after=" + first),
                // The header is newer: a browser sends it to the URL that it was given.
                Following.begin(RestAssured.port, "?ruleId=" + rule.id + "&after=" + first, "Last-Event-ID", first))) {
            try (resumed) {
                Await.until(
                        "both", Duration.ofSeconds(10), () -> resumed.events().size() == 2);
                assertEquals(List.of(id, id), incidents(resumed));
            }
        }
    }

    @Test
    void sendsACommentEveryFifteenSecondsWithTheIdToResumeFrom() throws IOException {
        try (Following following = follow("")) {
            String first = following.lastId();
            new Rule().alert("other", "2025-03-04T02:00:00Z");
            Await.until(
                    "a heartbeat behind what others are told",
                    Duration.ofSeconds(35),
                    () -> following.comments().size() > 1 && !following.lastId().equals(first));
            assertEquals(List.of(), following.events());
        }
    }

    @Test
    void refusesWithAProblemWhatIsWrongBeforeTheStreamBegins() throws IOException {
        for (String unknown : List.of("since", "until", "time", "at", "sort", "limit", "cursor", "count", "statuss")) {
            given().get("/api/live?" + unknown + "=1")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors[0].field", equalTo(unknown));
        }
        given().get("/api/live?status=closed").then().statusCode(400).body("errors[0].field", equalTo("status"));
        given().get("/api/live?after=x&after=y").then().statusCode(400).body("errors[0].field", equalTo("after"));
        given().get("/api/live?after=yesterday")
                .then()
                .statusCode(400)
                .body("type", containsString("malformed-id"))
                .body("errors[0].field", equalTo("after"));
        given().header("Last-Event-ID", "12")
                .get("/api/live")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("Last-Event-ID"));
        given().accept("application/json").get("/api/live").then().statusCode(406);
        given().post("/api/live").then().statusCode(405);
    }

    @Test
    void refusesAnIdThatWasNeverGivenOut() {
        given().get("/api/live?after=zzzzzzzzzzzz-1")
                .then()
                .statusCode(410)
                .contentType("application/problem+json")
                .body("type", containsString("gone"));
    }

    @Test
    void saysWhatItIsAndThatItMustNotBeKept() throws IOException {
        HttpResponse<InputStream> answer = Following.ask(RestAssured.port, "");
        try (InputStream body = answer.body()) {
            assertEquals(
                    "text/event-stream",
                    answer.headers().firstValue("Content-Type").orElse(""));
            assertEquals(
                    "no-store", answer.headers().firstValue("Cache-Control").orElse(""));
            assertEquals("no", answer.headers().firstValue("X-Accel-Buffering").orElse(""));
            assertEquals("retry: 2000", new String(body.readNBytes(11), java.nio.charset.StandardCharsets.UTF_8));
        }
        given().head("/api/live").then().statusCode(200).contentType("text/event-stream");
    }

    @Test
    void countsWhoFollowsAndWhatWasDelivered() throws IOException {
        try (Following following = follow("")) {
            String id = rule.alert("web", "2025-03-04T02:00:00Z");
            following.await("the opening", of(id, "status", "open"));
            assertTrue(gauge("foldback.live.subscribers") >= 1);
            assertTrue(registry.get("foldback.live.events")
                            .tag("outcome", "delivered")
                            .counter()
                            .count()
                    >= 1);
            assertTrue(gauge("foldback.live.lag") >= 0);
        }
        Await.until("it has left", Duration.ofSeconds(10), () -> gauge("foldback.live.subscribers") == 0);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
