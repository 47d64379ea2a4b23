package foldback.callback;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers to a callback, over HTTP, one by one. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class CallbackIT {
    private static final RestAssuredConfig AS_IT_IS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs("application/octet-stream", io.restassured.http.ContentType.TEXT));

    private final String rule = "rule-" + UUID.randomUUID();

    @Test
    void aFirstAlertOpensAnIncident() {
        post(alert("ALERT", 1_741_054_631_386L))
                .statusCode(200)
                .body("status", equalTo("recorded"))
                .body("callbackId", notNullValue())
                .body("events", hasSize(1))
                .body("events[0].signal", equalTo("ALERT"))
                .body("events[0].occurredAt", equalTo("2025-03-04T02:17:11.386Z"))
                .body("events[0].duplicate", equalTo(false))
                .body("events[0].effect", equalTo("opened"))
                .body("events[0].incidentId", notNullValue());
    }

    @Test
    void anEpisodeOpensUpdatesAndResolvesOneIncident() {
        String opened = post(alert("ALERT", 1_741_054_000_000L)).extract().path("events[0].incidentId");
        post(alert("ALERT", 1_741_055_000_000L))
                .body("events[0].effect", equalTo("updated"))
                .body("events[0].incidentId", equalTo(opened));
        post(alert("INSUFFICIENT_DATA", 1_741_056_000_000L))
                .body("events[0].effect", equalTo("updated"))
                .body("events[0].incidentId", equalTo(opened));
        post(alert("OK", 1_741_057_000_000L))
                .body("events[0].effect", equalTo("resolved"))
                .body("events[0].incidentId", equalTo(opened));
        post(alert("OK", 1_741_058_000_000L))
                .body("events[0].effect", equalTo("none"))
                .body("events[0].incidentId", nullValue());
    }

    @Test
    void aRetryIsADuplicateThatNamesTheFirstEvent() {
        String body = alert("ALERT", 1_741_054_000_000L);
        ValidatableResponse first = post(body);
        post(body)
                .statusCode(200)
                .body("status", equalTo("duplicate"))
                .body("callbackId", not(equalTo(first.extract().path("callbackId"))))
                .body("events[0].eventId", equalTo(first.extract().path("events[0].eventId")))
                .body("events[0].incidentId", equalTo(first.extract().path("events[0].incidentId")))
                .body("events[0].duplicate", equalTo(true))
                .body("events[0].effect", equalTo("none"));
    }

    @Test
    void aLateSignalSaysWhatItDoesAtItsPlace() {
        post(alert("OK", 1_741_057_000_000L)).body("events[0].effect", equalTo("none"));
        post(alert("ALERT", 1_741_054_000_000L)).body("events[0].effect", equalTo("opened"));
        post(alert("ALERT", 1_741_055_000_000L)).body("events[0].effect", equalTo("updated"));
        post(alert("ALERT", 1_741_058_000_000L)).body("events[0].effect", equalTo("opened"));
        post(alert("OK", 1_741_056_000_000L)).body("events[0].effect", equalTo("resolved"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ";;//", "text/html; charset=\"", "application/json; charset=utf-99", "multipart/form-data"})
    void anyContentTypeWillDo(String contentType) throws IOException {
        String answer = RawPost.send("/callbacks/local", contentType, alert("ALERT", 1_741_054_000_000L));
        org.junit.jupiter.api.Assertions.assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @Test
    void aSystemEventIsQuarantinedAndNeedsNoRetry() throws IOException {
        post(sample("json-2020-system-event-not-a-threshold-alert.json"))
                .statusCode(202)
                .body("status", equalTo("quarantined"))
                .body("quarantineId", notNullValue())
                .body("reason", containsString("alertState"));
    }

    @Test
    void anUnreadableCallbackIsKeptAndTheFieldNamed() {
        problem(post(alert("NO_DATA", 1_741_054_000_000L)), 422, "unreadable-callback")
                .body("quarantineId", notNullValue())
                .body("detail", containsString("NO_DATA"))
                .body("errors[0].field", equalTo("alertState"));
    }

    @Test
    void theSameUnreadableBodyAgainIsTheSameEntry() {
        String body = "neither one nor the other " + rule;
        String id = problem(post(body), 422, "unreadable-callback").extract().path("quarantineId");
        post(body).body("quarantineId", equalTo(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "LOCAL", "local%20", "loca", "locallocal"})
    void anUnknownTokenIsNotFoundWhateverIsPosted(String token) {
        problem(
                given().urlEncodingEnabled(false)
                        .body(alert("ALERT", 1L))
                        .post("/callbacks/" + token)
                        .then(),
                404,
                "unknown-token");
        problem(given().urlEncodingEnabled(false).get("/callbacks/" + token).then(), 404, "unknown-token");
    }

    @Test
    void aBrowserIsToldThatTheUrlWorks() {
        given().get("/callbacks/local").then().statusCode(200).body(startsWith("This callback URL works."));
    }

    @Test
    void otherMethodsAreRefused() {
        problem(given().put("/callbacks/local").then(), 405, "method-not-allowed")
                .header("Allow", equalTo("POST, GET, HEAD"));
    }

    @Test
    void queryParametersAreIgnored() {
        given().body(alert("ALERT", 1_741_054_000_000L))
                .post("/callbacks/local?signature=x&limit=no")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse post(String body) {
        return given().config(AS_IT_IS)
                .contentType("application/octet-stream")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/callbacks/local")
                .then();
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String slug) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("type", equalTo("urn:foldback:problem:" + slug));
    }

    private String alert(String state, long timestamp) {
        return "userId=1&ruleId=" + rule + "&alertName=cpu&alertState=" + state + "&timestamp=" + timestamp
                + "&dimensions={instanceId=i-1}&curValue=95&metricName=cpu_total";
    }

    private static String sample(String name) throws IOException {
        try (InputStream body = CallbackIT.class.getResourceAsStream("/callbacks/" + name)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
