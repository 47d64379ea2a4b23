package foldback.report;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** Outages of a rule that no other test has, each of a resource of its own, under the names of alerts that a test gives them. */
public final class NamedOutages {
    public final String ruleId = "named-" + UUID.randomUUID();
    private final ArrayNode waiting = new ObjectMapper().createArrayNode();
    private int number;

    /** One that lasted for so many seconds. */
    public NamedOutages resolved(String alertName, String level, String opened, long seconds) {
        Instant at = Instant.parse(opened);
        signal(alertName, "ALERT", at).put("triggerLevel", level);
        signal(alertName, "OK", at.plusSeconds(seconds));
        number++;
        return this;
    }

    public NamedOutages open(String alertName, String level, String opened) {
        signal(alertName, "ALERT", Instant.parse(opened)).put("triggerLevel", level);
        number++;
        return this;
    }

    private ObjectNode signal(String alertName, String state, Instant at) {
        return waiting.addObject()
                .put("ruleId", ruleId)
                .put("alertName", alertName)
                .put("alertState", state)
                .put("timestamp", at.toEpochMilli())
                .put("dimensions", "{instanceId=i-" + number + "}");
    }

    public void send() {
        given().contentType("application/json")
                .body(waiting.toString())
                .post("/callbacks/local")
                .then()
                .statusCode(200);
        waiting.removeAll();
    }
}
