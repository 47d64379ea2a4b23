package foldback.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.incident.Rule;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Each operation of the document, asked for what it has and for what it refuses. Another operation is another line here; the path of a
 * request is compared with the document's, {@code {id}} and all.
 */
final class Driven {
    private final Contract contract;
    private final Asked asked;
    private final DrivenActions actions;
    private final Rule rule = new Rule();

    Driven(Contract contract, DataSource database) {
        this.contract = contract;
        asked = new Asked(contract);
        actions = new DrivenActions(asked, database);
    }

    /** The statuses with which each operation answered. */
    Map<String, Set<Integer>> statuses() {
        return asked.statuses();
    }

    void all() throws IOException {
        String open = rule.alert("open", "2025-03-04T02:00:00Z", "triggerLevel", "WARN", "customLabels", "{team=data}");
        String other = rule.alert("open", "2025-03-04T02:10:00Z");
        String ended = rule.alert(
                "ended",
                "2025-03-04T02:00:00Z",
                "expression",
                "[{\"expression\":\"$Average>90\",\"level\":4,\"times\":2}]");
        rule.ok("ended", "2025-03-04T02:30:00Z");
        callbacks();
        lists();
        summary();
        reports();
        incident(open, other);
        former(ended);
        actions.onMany(open, other, ended);
        actions.onOne(rule.alert("next", "2025-03-04T02:00:00Z"), rule.alert("next", "2025-03-04T02:10:00Z"), ended);
        new DrivenLive(contract, asked).all();
        one("GET /api/streams/{id}", rule.stream("open"));
        one("GET /api/events/{id}", ended);
        ask("GET /api/events", "/api/events?type!=signal&limit=10");
        one("GET /api/incidents/{id}/timeline", open);
        quarantine();
        ask("GET /api/completeness", "/api/completeness");
        ask("GET /api/completeness", "/api/completeness?recount=true");
        ask("GET /api/completeness", "/api/completeness?recount=perhaps");
        actions.rebuild();
        ask("GET /api/rebuild", "/api/rebuild");
    }

    private void callbacks() {
        String alert = "{\"ruleId\":\"" + rule.id + "\",\"alertState\":\"OK\",\"timestamp\":1741064767}";
        String post = "POST /callbacks/{token}";
        ask(post, "/callbacks/local", () -> given().contentType("application/json")
                .body(alert));
        ask(post, "/callbacks/local", () -> given().contentType("application/json")
                .body(alert));
        ask(post, "/callbacks/local", () -> given().contentType("application/json")
                .body("{\"product\":\"ECS\"}"));
        ask(post, "/callbacks/local", () -> given().contentType("text/plain").body("nothing"));
        ask(post, "/callbacks/local", () -> given().contentType("text/plain").body("x".repeat(300_000)));
        ask(post, "/callbacks/unknown", () -> given().contentType("application/json")
                .body(alert));
        ask("GET /callbacks/{token}", "/callbacks/local");
        ask("GET /callbacks/{token}", "/callbacks/unknown");
    }

    private void lists() {
        String own = "/api/streams/" + rule.stream("open") + "/incidents";
        Map<String, String> lists = new LinkedHashMap<>();
        lists.put("GET /api/incidents", "/api/incidents");
        lists.put("GET /api/streams", "/api/streams");
        lists.put("GET /api/streams/{id}/incidents", own);
        lists.put("GET /api/events", "/api/events");
        lists.put("GET /api/quarantine", "/api/quarantine");
        lists.forEach((operation, path) -> {
            ask(operation, path + "?limit=2&count=exact");
            ask(operation, path + "?limit=0");
            ask(operation, path + "?nothing=1");
            ask(operation, path, () -> given().accept("image/png"));
            ask(operation, path, () -> given().header("If-None-Match", "*"));
            ask(operation, path, () -> given().header("If-None-Match", "no tag"));
        });
        for (String exported : new String[] {"text/csv", "application/x-ndjson"}) {
            ask("GET /api/incidents", "/api/incidents?ruleId=" + rule.id, () -> given().accept(exported));
            ask("GET /api/events", "/api/events?streamId=" + rule.stream("open"), () -> given().accept(exported));
            ask("GET /api/streams/{id}/incidents", own, () -> given().accept(exported));
        }
        ask("GET /api/streams/{id}/incidents", "/api/streams/" + Asked.NOBODY + "/incidents");
    }

    private void summary() {
        String operation = "GET /api/incidents/summary";
        String path = "/api/incidents/summary";
        ask(operation, path + "?ruleId=" + rule.id + "&count=exact");
        ask(operation, path + "?groupBy=level&limit=1");
        ask(operation, path + "?groupBy=nothing");
        ask(operation, path, () -> given().header("If-None-Match", "*"));
        for (String refused : Offered.REFUSED.get(operation)) {
            Response answer = ask(operation, path + "?" + refused + "=2025-03-04T05:06:07Z");
            assertEquals(refused, answer.path("errors[0].field"), answer.asString());
        }
    }

    private void reports() {
        String path = "/api/reports/resolution-time";
        for (String form : new String[] {"", ".csv", ".ndjson", ".xlsx", ".html"}) {
            String operation = "GET " + path + form;
            ask(
                    operation,
                    path + form + "?since=2025-01-01T00:00:00Z&groupBy=level,hourOfDay&compare=previous&target=PT5M");
            ask(operation, path + form + "?asOf=2025-03-04T05:06:07Z&ruleId=" + rule.id);
            ask(operation, path + form + "?groupBy=nothing");
            ask(operation, path + form, () -> given().accept("image/png"));
        }
        for (String form : new String[] {"", ".csv", ".ndjson", ".xlsx"}) {
            String rows = path + "/incidents" + form;
            ask("GET " + rows, rows + "?cohort=overlaps&tz=Asia/Shanghai&ruleId=" + rule.id);
            ask("GET " + rows, rows + "?asOf=2025-03-04T05:06:07Z&ruleId=" + rule.id);
            ask("GET " + rows, rows + "?groupBy=level");
            ask("GET " + rows, rows, () -> given().accept("image/png"));
        }
        for (String kind : new String[] {"distribution", "noise"}) {
            String report = "/api/reports/" + kind;
            ask("GET " + report, report + "?since=2025-01-01T00:00:00Z&cohort=overlaps");
            ask("GET " + report, report + "?asOf=2025-03-04T05:06:07Z&ruleId=" + rule.id);
            ask("GET " + report, report + "?groupBy=level");
            ask("GET " + report, report, () -> given().accept("image/png"));
        }
        ask("GET " + path + "/incidents", path + "/incidents?limit=1&count=exact");
        ask("GET " + path + "/incidents", path + "/incidents", () -> given().header("If-None-Match", "*"));
    }

    private void incident(String open, String other) {
        String read = "GET /api/incidents/{id}";
        one(read, open);
        ask(read, "/api/incidents/" + other);
        ask(read, "/api/incidents/" + open + "?include=nothing");
        Response explained = ask(read, "/api/incidents/" + open + "?include=explain");
        assertEquals(open, explained.path("explain.id"), explained.asString());
        ask(read, "/api/incidents/" + open, () -> given().header("If-None-Match", "*"));
        String timeline = "GET /api/incidents/{id}/timeline";
        one(timeline, open);
        ask(timeline, "/api/incidents/" + other + "/timeline");
        ask(timeline, "/api/incidents/" + open + "/timeline?limit=1");
    }

    /** As of the incident's ALERT, behind which its OK was recorded: folded again. Then of the future, and before anything. */
    private void former(String ended) {
        String then = given().get("/api/events/" + ended).path("recordedAt");
        String read = "GET /api/incidents/{id}";
        Response detail = ask(read, "/api/incidents/" + ended + "?include=explain&asOf=" + then);
        assertEquals("open", detail.path("status"), detail.asString());
        for (String instant : new String[] {then, "2999-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "nothing"}) {
            ask(read, "/api/incidents/" + ended + "?asOf=" + instant);
            String filter = "?ruleId=" + rule.id + "&asOf=" + instant;
            Response list = ask("GET /api/incidents", "/api/incidents" + filter);
            Response file = ask("GET /api/incidents", "/api/incidents" + filter, () -> given().accept("text/csv"));
            assertEquals(list.statusCode(), file.statusCode(), file.asString());
            ask(
                    "GET /api/streams/{id}/incidents",
                    "/api/streams/" + rule.stream("ended") + "/incidents?count=exact&asOf=" + instant);
        }
    }

    private void quarantine() {
        String id = given().contentType("text/plain")
                .body("unreadable " + rule.id)
                .post("/callbacks/local")
                .then()
                .extract()
                .path("quarantineId");
        one("GET /api/quarantine/{id}", id);
        actions.onQuarantine(id);
    }

    private void one(String operation, String id) {
        asked.one(operation, id);
    }

    private Response ask(String operation, String path) {
        return asked.ask(operation, path);
    }

    private Response ask(String operation, String path, Supplier<RequestSpecification> request) {
        return asked.ask(operation, path, request);
    }
}
