package foldback.openapi;

import static foldback.openapi.Asked.path;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.Sql;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What people do, each with what it refuses, and sent again. */
final class DrivenActions {
    private static final String NOTE = "{\"note\":\"seen\",\"by\":\"alice\"}";
    private static final String KEY = "Idempotency-Key";
    private static final String UNANSWER = """
            update idempotency_keys set status = null, media_type = null, etag = null, answer = null,
                leased_until = now() + interval '1 minute'
            where key = '%s'
            """;

    private final Asked asked;
    private final DataSource database;

    DrivenActions(Asked asked, DataSource database) {
        this.asked = asked;
        this.database = database;
    }

    /** Leaves them resolved; {@code other} is another ALERT of {@code open}. */
    void onOne(String open, String other, String ended) {
        for (String action : List.of("acknowledge", "unacknowledge", "notes", "resolve")) {
            String operation = "POST /api/incidents/{id}/" + action;
            String path = path(operation, open);
            expect(412, asked.json(operation, path, NOTE, "If-Match", "\"another\""));
            expect(400, asked.json(operation, path, NOTE, "If-Match", "of no version"));
            repeat(operation, path, NOTE, "{\"note\":\"another\"}");
            for (String id : List.of(open, other, Asked.NOBODY, "nothing")) {
                asked.json(operation, path(operation, id), NOTE);
            }
            expect(400, asked.json(operation, path, "{\"nose\":1}"));
            expect(415, asked.ask(operation, path, () -> given().contentType("application/xml")
                    .body("<a/>")));
        }
        String resolve = "POST /api/incidents/{id}/resolve";
        expect(409, asked.json(resolve, path(resolve, ended), "{}"));
    }

    /** Of which one is resolved already, one unknown, and two ids lead to the same. */
    void onMany(String open, String other, String ended) {
        String ids = "\"ids\":[\"" + String.join("\",\"", open, other, ended, Asked.NOBODY) + "\"]";
        for (String action : List.of("acknowledge", "resolve")) {
            String operation = "POST /api/incidents/" + action;
            String path = "/api/incidents/" + action;
            expect(400, asked.json(operation, path, "{\"ids\":[]}"));
            Response unread = asked.json(operation, path, "{" + ids.replace("]", ",\"nothing\"]}"));
            assertEquals("ids[4]", unread.path("errors[0].field"), unread.asString());
            expect(400, asked.json(operation, path, "{" + ids + "}", "If-Match", "*"));
            expect(415, asked.ask(operation, path, () -> given().contentType("application/xml")
                    .body("<a/>")));
            repeat(operation, path, "{" + ids + ",\"note\":\"all\"}", "{" + ids + "}");
        }
        String early = "{" + ids + ",\"at\":\"2025-03-04T01:00:00Z\"}";
        expect(200, asked.json("POST /api/incidents/resolve", "/api/incidents/resolve", early));
    }

    void onQuarantine(String id) {
        for (String action : List.of("retry", "dismiss")) {
            String operation = "POST /api/quarantine/{id}/" + action;
            asked.one(operation, id);
            repeat(operation, path(operation, id), "", "another");
        }
    }

    void rebuild() {
        String operation = "POST /api/rebuild";
        String key = UUID.randomUUID().toString();
        asked.ask(operation, "/api/rebuild?dryRun=perhaps");
        expect(202, asked.ask(operation, "/api/rebuild?dryRun=true", () -> given().header(KEY, key)));
        Response again = asked.ask(operation, "/api/rebuild?dryRun=true", () -> given().header(KEY, key));
        assertEquals("true", again.header("Idempotent-Replayed"), again.asString());
        expect(422, asked.ask(operation, "/api/rebuild", () -> given().header(KEY, key)));
    }

    /** The same twice, then another body under the same key, then under what is no key. */
    private void repeat(String operation, String path, String body, String otherBody) {
        String key = UUID.randomUUID().toString();
        Response first = asked.json(operation, path, body, KEY, key);
        Response again = asked.json(operation, path, body, KEY, key);
        assertEquals(first.asString(), again.asString());
        assertEquals("true", again.header("Idempotent-Replayed"), operation + ": " + again.asString());
        expect(422, asked.json(operation, path, otherBody, KEY, key));
        expect(400, asked.json(operation, path, body, KEY, "no key"));
        unanswer(key);
        Response early = asked.json(operation, path, body, KEY, key);
        expect(409, early);
        assertEquals("1", early.header("Retry-After"), operation);
    }

    /** As if the request with the key were still being carried out. */
    private void unanswer(String key) {
        try {
            Sql.execute(database, UNANSWER.formatted(key));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void expect(int status, Response answer) {
        assertEquals(status, answer.statusCode(), answer.asString());
    }
}
