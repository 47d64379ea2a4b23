package foldback.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.incident.Rule;
import foldback.testing.Following;
import foldback.testing.Following.Event;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The live feed, which never ends: its refusals, its beginning, and an event of each kind. */
final class DrivenLive {
    private static final String OPERATION = "GET /api/live";
    private static final String EPISODE = "5d1c7a00-f8a4-11ef-8000-0123456789ab";

    private final Contract contract;
    private final Asked asked;
    private final Rule rule = new Rule();

    DrivenLive(Contract contract, Asked asked) {
        this.contract = contract;
        this.asked = asked;
    }

    void all() throws IOException {
        expect(400, "?nothing=1");
        expect(400, "?after=nothing");
        expect(400, "", "Last-Event-ID", "nothing");
        expect(406, "", "Accept", "image/png");
        expect(410, "?after=zzzzzzzzzzz-1");
        Response posted = given().post("/api/live");
        assertEquals(405, posted.statusCode(), posted.asString());
        asked.take(OPERATION, posted);
        expect(200, "?ruleId=" + rule.id);
        events();
    }

    private void expect(int status, String query, String... headers) throws IOException {
        HttpResponse<InputStream> answer = Following.ask(RestAssured.port, query, headers);
        try (InputStream body = answer.body()) {
            String text = status == 200 ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(status, answer.statusCode(), text);
            asked.take(
                    OPERATION,
                    status,
                    answer.headers().firstValue("Content-Type").orElse(""),
                    List.copyOf(answer.headers().map().keySet()),
                    text);
        }
    }

    private void events() throws IOException {
        rule.ok("web", "2025-03-04T05:00:00Z", "transId", EPISODE, "preTriggerLevel", "CRITICAL");
        try (Following following = Following.begin(RestAssured.port, "?ruleId=" + rule.id)) {
            rule.alert("web", "2025-03-04T04:50:00Z", "transId", EPISODE);
            check("Removed", following.await("the removal", event -> event.type()
                    .equals("removed")));
            check("Incident", following.await("what it became", event -> event.type()
                    .equals("incident")));
        }
    }

    private void check(String schema, Event event) {
        String data = event.data().toString();
        assertEquals(List.of(), contract.errors("#/components/schemas/" + schema, data), data);
    }
}
