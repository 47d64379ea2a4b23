package foldback.repetition;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import foldback.testing.Sql;
import io.restassured.response.Response;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Requests with an {@code Idempotency-Key}. */
final class Sending {
    static final String NOTE = "{\"note\":\"restarted the pool\"}";

    private Sending() {}

    static Response note(String id, String key, String body) {
        return post("/api/incidents/" + id + "/notes", key, body);
    }

    static Response post(String path, String key, String body) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post(path);
    }

    /** What a process leaves that dies between its commit and its answer. */
    static void died(DataSource database, String key) throws SQLException {
        Sql.execute(
                database,
                "update idempotency_keys set status = null, media_type = null, etag = null, answer = null, leased_until = now()"
                        + " where key = '" + key + "'");
    }

    static void notes(String id, int count) {
        given().get("/api/incidents/" + id).then().statusCode(200).body("noteCount", equalTo(count));
    }
}
