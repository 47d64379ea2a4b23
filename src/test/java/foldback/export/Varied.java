package foldback.export;

import static io.restassured.RestAssured.given;

import foldback.incident.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Nine incidents of one rule, as different as incidents are: open, resolved, unobserved, of uncertain end, acknowledged, noted, resolved by
 * hand, with labels, formulas, quotes, newlines, Chinese, and without anything that may be absent.
 */
public final class Varied {
    public static final int INCIDENTS = 9;

    private static @Nullable Rule rule;

    private Varied() {}

    public static synchronized Rule sent() {
        if (rule == null) {
            Rule fresh = new Rule();
            send(fresh);
            rule = fresh;
        }
        return rule;
    }

    private static void send(Rule rule) {
        rule.alert("plain", "2025-03-04T02:00:00Z");
        rule.ok("plain", "2025-03-04T02:30:00.5Z", "curValue", "-5.3");
        rule.alert("open", "2025-03-04T02:00:00Z", "triggerLevel", "WARN", "curValue", "+95", "unit", "%");
        rule.alert("open", "2025-03-04T02:10:00.123Z", "triggerLevel", "CRITICAL", "curValue", "=1+1");
        rule.alert(
                "labels",
                "2025-03-04T03:00:00Z",
                "customLabels",
                "{\"team\":\"data \\\"x\\\"\", \"=k\":\"=v, w\", \"组\":\"队\"}",
                "instanceName",
                "@web\"1\", \"2\"",
                "regionId",
                "cn-hangzhou",
                "regionName",
                "华东1（杭州）",
                "groupId",
                "77",
                "productGroupName",
                "\ttab",
                "transId",
                "-t");
        rule.ok("labels", "2025-03-04T03:10:00Z");
        unobserved(rule);
        rule.alert("队列", "2025-03-04T06:00:00Z", "namespace", "line\r\nbreak", "metricName", "-metric");
        people(rule);
        rule.alert(
                "=cmd|' /C calc'!A0",
                "2025-03-04T08:00:00Z",
                "expression",
                "[{\"expression\":\"$Average>90\",\"level\":4,\"times\":2}]",
                "curValue",
                "91");
    }

    private static void unobserved(Rule rule) {
        rule.alert("unobserved", "2025-03-04T04:00:00Z", "expression", "$Minimum<5", "curValue", "-4");
        rule.send("unobserved", "INSUFFICIENT_DATA", "2025-03-04T04:10:00Z");
        rule.alert("uncertain", "2025-03-04T04:00:00Z");
        rule.send("uncertain", "INSUFFICIENT_DATA", "2025-03-04T04:10:00Z");
        rule.ok("uncertain", "2025-03-04T05:00:00Z");
    }

    private static void people(Rule rule) {
        String seen = rule.alert("people", "2025-03-04T07:00:00Z");
        act(seen, "acknowledge", "{\"by\":\"=alice\"}");
        act(seen, "notes", "{\"note\":\"=1+1, \\\"said\\\"\\nBob\"}");
        act(seen, "resolve", "{\"at\":\"2025-03-04T07:30:00Z\"}");
        act(rule.alert("people", "2025-03-04T09:00:00Z"), "acknowledge", "{}");
    }

    private static void act(String incident, String action, String body) {
        given().contentType("application/json")
                .body(body)
                .post("/api/incidents/" + incident + "/" + action)
                .then()
                .statusCode(200);
    }
}
