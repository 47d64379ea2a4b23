package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The timeline tells what each event did, from the stream's first event or in the middle of its history. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class TimelineIT {
    private final Rule rule = new Rule();

    @Test
    void tellsWhatEachSignalDid() {
        rule.ok("i-1", "2025-03-04T01:00:00Z");
        rule.alert("i-1", "2025-03-04T01:10:00Z");
        rule.ok("i-1", "2025-03-04T01:20:00Z");
        rule.ok("i-1", "2025-03-04T01:30:00Z");
        rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T01:40:00Z");
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z", "triggerLevel", "WARN", "curValue", "81");
        rule.alert("i-1", "2025-03-04T02:01:00Z", "triggerLevel", "WARN", "curValue", "82");
        rule.alert("i-1", "2025-03-04T02:02:00Z", "triggerLevel", "CRITICAL", "curValue", "99");
        rule.send("i-1", "INSUFFICIENT_DATA", "2025-03-04T02:03:00Z");
        rule.ok("i-1", "2025-03-04T02:04:00Z");
        rule.ok("i-1", "2025-03-04T02:05:00Z");
        given().get("/api/incidents/" + id + "/timeline")
                .then()
                .statusCode(200)
                .body("next", nullValue())
                .body("count", nullValue())
                .body("items.effect", contains("opened", "counted", "level", "unobserved", "resolved"))
                .body("items.signal", contains("ALERT", "ALERT", "ALERT", "INSUFFICIENT_DATA", "OK"))
                .body("items.level", contains("WARN", "WARN", "CRITICAL", null, null))
                .body("items.curValue", contains("81", "82", "99", null, null))
                .body("items[0].eventId", equalTo(id))
                .body("items[0].set", hasItems("openedAt", "openedBy", "peakLevel", "level"))
                .body("items[1].set", not(hasItems("openedAt")))
                .body("items[2].set", hasItems("level", "peakLevel"));
    }

    @Test
    void isPagedWithoutLossAndKnowsWhatWasBefore() {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z", "triggerLevel", "WARN");
        for (int minute = 10; minute < 19; minute++) {
            rule.alert(
                    "i-1", "2025-03-04T02:" + minute + ":00Z", "triggerLevel", minute % 2 == 0 ? "WARN" : "CRITICAL");
        }
        String all = "/api/incidents/" + id + "/timeline";
        List<Map<String, Object>> whole = given().get(all).then().extract().path("items");
        List<Map<String, Object>> paged = new ArrayList<>();
        String next = all + "?limit=3";
        while (next != null) {
            var answer = given().urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract();
            paged.addAll(answer.path("items"));
            String link = answer.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertEquals(10, whole.size());
        assertEquals(whole, paged);
    }

    @Test
    void anEpisodeThatWasSeenOnlyAtItsEndHasOneEvent() {
        String transId = "5d1c7a00-f8a4-11ef-8000-0123456789ab";
        String id = rule.ok("i-1", "2025-03-04T05:00:00Z", "transId", transId, "preTriggerLevel", "CRITICAL");
        given().get("/api/incidents/" + id)
                .then()
                .statusCode(200)
                .body("openedBy", equalTo("episode"))
                .body("alertCount", equalTo(0));
        given().get("/api/incidents/" + id + "/timeline")
                .then()
                .body("items.effect", contains("resolved"))
                .body("items.set", not(empty()));
    }

    @Test
    void aLongOneIsCutAtAThousandAndGoesOnBehind() {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < 1250; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"ruleId\":\"" + rule.id + "\",\"alertState\":\"ALERT\",\"timestamp\":"
                            + (1_741_053_600 + i * 60) + ",\"dimensions\":{\"instanceId\":\"i-1\"}}");
        }
        String id = given().contentType("application/json")
                .body(body.append("]").toString())
                .post("/callbacks/local")
                .then()
                .statusCode(200)
                .extract()
                .path("events[0].incidentId");
        String link = given().get("/api/incidents/" + id + "/timeline")
                .then()
                .statusCode(200)
                .body("items", hasSize(1000))
                .body("items[0].effect", equalTo("opened"))
                .extract()
                .header("Link");
        given().urlEncodingEnabled(false)
                .get(link.substring(1, link.indexOf('>')))
                .then()
                .statusCode(200)
                .body("items", hasSize(250))
                .body("items[0].effect", equalTo("counted"))
                .body("next", nullValue());
    }

    @Test
    void aLateAlertGivesAnIncidentItsIdAndTheFormerOneLeadsThere() {
        String transId = "5d1c7a00-f8a4-11ef-8000-0123456789ab";
        String ok = rule.ok("i-1", "2025-03-04T05:00:00Z", "transId", transId, "preTriggerLevel", "CRITICAL");
        given().contentType("application/json")
                .body("{\"note\":\"before\"}")
                .post("/api/incidents/" + ok + "/notes")
                .then()
                .statusCode(200)
                .body("id", equalTo(ok));
        String alert = rule.alert("i-1", "2025-03-04T04:50:00Z", "transId", transId);
        given().get("/api/incidents/" + ok + "/timeline")
                .then()
                .statusCode(200)
                .body("items.effect", contains("opened", "resolved", "noted"))
                .body("items[0].eventId", equalTo(alert));
        given().get("/api/incidents/" + ok).then().body("id", equalTo(alert)).body("noteCount", equalTo(1));
    }
}
