package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.PlainHttp;
import io.restassured.response.ValidatableResponse;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** An alert rule that no other test has, and the callbacks that it sends. */
public final class Rule {
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    public final String id = "asking-" + UUID.randomUUID();

    /** Sends a signal of the instance, with more fields as name, value, name, value; returns the id of its event. */
    public String send(String instance, String state, String at, String... more) {
        HttpResponse<String> answer = PlainHttp.post("/callbacks/local", FORM, body(instance, state, at, more));
        assertEquals(200, answer.statusCode(), answer::body);
        return Json.text(answer.body(), "/events/0/eventId");
    }

    public String alert(String instance, String at, String... more) {
        return send(instance, "ALERT", at, more);
    }

    public String ok(String instance, String at, String... more) {
        return send(instance, "OK", at, more);
    }

    /** The stream of the instance. */
    public String stream(String instance) {
        return given().queryParam("ruleId", id)
                .queryParam("dimensions.instanceId", instance)
                .get("/api/streams")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
    }

    /** The same, with all that is answered. */
    public ValidatableResponse callback(String instance, String state, String at, String... more) {
        return given().contentType(FORM)
                .body(body(instance, state, at, more))
                .post("/callbacks/local")
                .then()
                .statusCode(200);
    }

    private String body(String instance, String state, String at, String... more) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("userId", "1");
        fields.put("ruleId", id);
        fields.put("alertName", "cpu of " + id);
        fields.put("metricName", "cpu_total");
        fields.put("namespace", "acs_ecs_dashboard");
        fields.put("alertState", state);
        fields.put("timestamp", Long.toString(Instant.parse(at).toEpochMilli()));
        fields.put("dimensions", "{instanceId=" + instance + "}");
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
