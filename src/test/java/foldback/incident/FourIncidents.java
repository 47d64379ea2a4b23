package foldback.incident;

import static io.restassured.RestAssured.given;

import org.jspecify.annotations.Nullable;

/**
 * Four incidents of one rule, sent once, told apart by their instance: {@code web} resolved after 30 minutes, {@code db} open and
 * acknowledged, {@code 队列} resolved after 10 minutes without a level, {@code twin} resolved, opened in the same instant as {@code web}.
 */
final class FourIncidents {
    private static @Nullable Rule rule;

    private FourIncidents() {}

    static synchronized Rule sent() {
        if (rule == null) {
            Rule fresh = new Rule();
            send(fresh);
            rule = fresh;
        }
        return rule;
    }

    private static void send(Rule rule) {
        rule.alert(
                "web",
                "2025-03-04T02:00:00Z",
                "triggerLevel",
                "WARN",
                "instanceName",
                "web-1",
                "regionId",
                "cn-hangzhou");
        rule.alert(
                "web",
                "2025-03-04T02:10:00Z",
                "triggerLevel",
                "CRITICAL",
                "instanceName",
                "web-1",
                "regionId",
                "cn-hangzhou");
        rule.alert(
                "web",
                "2025-03-04T02:20:00Z",
                "triggerLevel",
                "INFO",
                "instanceName",
                "web-1",
                "regionId",
                "cn-hangzhou");
        rule.ok("web", "2025-03-04T02:30:00Z");
        String db = rule.alert(
                "db",
                "2025-03-04T03:00:00Z",
                "triggerLevel",
                "WARN",
                "customLabels",
                "{team=data, tier=1}",
                "groupId",
                "77");
        given().noContentType()
                .post("/api/incidents/" + db + "/acknowledge")
                .then()
                .statusCode(200);
        rule.alert("队列", "2025-03-04T04:00:00Z", "metricName", "queue_length", "namespace", "acs_mns");
        rule.ok("队列", "2025-03-04T04:10:00Z");
        rule.alert("twin", "2025-03-04T02:00:00Z", "triggerLevel", "CRITICAL", "customLabels", "{team=web}");
        rule.ok("twin", "2025-03-04T02:05:00Z");
    }
}
