package foldback.repetition;

import static foldback.repetition.Sending.NOTE;
import static foldback.repetition.Sending.died;
import static foldback.repetition.Sending.note;
import static foldback.repetition.Sending.notes;
import static foldback.repetition.Sending.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.incident.Rule;
import foldback.testing.Await;
import foldback.testing.PostgresResource;
import foldback.testing.Rebuilds;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** An action is recorded once though whoever recorded it did not live to answer, or lost its key meanwhile. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class RepeatedAfterDeathIT {
    private final Rule rule = new Rule();
    private final String key = UUID.randomUUID().toString();

    @Inject
    DataSource database;

    @Test
    void whatWasCommittedByAProcessThatDiedIsAnsweredAsItIsNowAndNotRecordedAgain() throws SQLException {
        String id = opened();
        note(id, key, NOTE);
        died(database, key);
        rule.alert("i-1", "2025-03-04T02:10:00Z");
        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(NOTE)
                .post("/api/incidents/" + id + "/notes")
                .then()
                .statusCode(200)
                .body("noteCount", equalTo(1))
                .body("alertCount", equalTo(2))
                .header("Idempotent-Replayed", nullValue())
                .header("ETag", given().get("/api/incidents/" + id).header("ETag"));
        notes(id, 1);
        assertEquals("true", note(id, key, NOTE).header("Idempotent-Replayed"));
    }

    @Test
    void aResolutionThatWasCommittedByAProcessThatDiedIsNoConflict() throws SQLException {
        String id = opened();
        post("/api/incidents/" + id + "/resolve", key, "{}");
        died(database, key);
        Response again = post("/api/incidents/" + id + "/resolve", key, "{}");
        assertEquals(200, again.statusCode(), again::asString);
        assertEquals("resolved", again.path("status"));
    }

    @Test
    void theKeyOfAProcessThatDiedBeforeItRecordedIsFreeOnceItsLeaseIsOver() throws SQLException {
        String id = opened();
        note(id, key, NOTE);
        Sql.execute(
                database,
                "update idempotency_keys set status = null, media_type = null, etag = null, answer = null, recorded = '{}',"
                        + " leased_until = now() + interval '1 minute' where key = '" + key + "'");
        assertEquals(409, note(id, key, NOTE).statusCode());
        Sql.execute(database, "update idempotency_keys set leased_until = now() where key = '" + key + "'");
        assertEquals(200, note(id, key, NOTE).statusCode());
        notes(id, 2);
    }

    @Test
    void whoLosesTheKeyWhileItWaitsRecordsNothing() throws Exception {
        String id = opened();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from stream_heads where stream_id = '" + rule.stream("i-1") + "' for update");
            CompletableFuture<Response> slow = CompletableFuture.supplyAsync(() -> note(id, key, NOTE));
            Await.until("it waits for the stream", Duration.ofSeconds(10), () -> !Sql.rows(
                            database, "select 1 from idempotency_keys where key = '" + key + "'")
                    .isEmpty());
            Sql.execute(database, "update idempotency_keys set owner = gen_random_uuid() where key = '" + key + "'");
            connection.rollback();
            Response lost = slow.get(30, TimeUnit.SECONDS);
            assertEquals(409, lost.statusCode(), lost::asString);
        }
        notes(id, 0);
    }

    @Test
    void ofManyIncidentsThoseThatWereCommittedAreNotRecordedAgain() throws SQLException {
        String first = opened();
        String second = rule.alert("i-2", "2025-03-04T02:00:00Z");
        String body = "{\"ids\":[\"" + first + "\",\"" + second + "\"]}";
        Response answered = post("/api/incidents/resolve", key, body);
        assertEquals(List.of(200, 200), answered.path("results.status"));
        assertArrayEquals(
                answered.asByteArray(),
                post("/api/incidents/resolve", key, body).asByteArray());
        died(database, key);
        String third = rule.alert("i-1", Instant.now().plusSeconds(60).toString());
        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/incidents/resolve")
                .then()
                .statusCode(200)
                .body("results.status", everyItem(is(200)))
                .body("results.incident.id", contains(first, second));
        given().get("/api/incidents/" + third).then().body("status", equalTo("open"));
        assertEquals(
                List.of("2"),
                Sql.rows(
                        database,
                        "select count(*) from events where type = 'resolved' and stream_id in ("
                                + "select stream_id from streams where rule_id = '" + rule.id + "')"));
    }

    @Test
    void halfOfManyIncidentsIsFinishedByTheRepetition() throws SQLException {
        String first = opened();
        String second = rule.alert("i-2", "2025-03-04T02:00:00Z");
        String body = "{\"ids\":[\"" + first + "\",\"" + second + "\"]}";
        post("/api/incidents/acknowledge", key, body);
        died(database, key);
        Sql.execute(
                database,
                "update idempotency_keys set recorded = array_remove(recorded, '" + second + "') where key = '" + key
                        + "'");
        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/incidents/acknowledge")
                .then()
                .statusCode(200)
                .body("results.status", everyItem(is(200)));
        given().get("/api/incidents/" + first + "/timeline").then().body("items", hasSize(2));
        given().get("/api/incidents/" + second + "/timeline").then().body("items", hasSize(3));
    }

    @Test
    void aRebuildIsBegunOnce() throws SQLException {
        Response first = post("/api/rebuild?dryRun=true", key, "");
        assertEquals(202, first.statusCode(), first::asString);
        Rebuilds.finished();
        Response again = post("/api/rebuild?dryRun=true", key, "");
        assertEquals(202, again.statusCode(), again::asString);
        assertArrayEquals(first.asByteArray(), again.asByteArray());
        assertEquals(422, post("/api/rebuild", key, "").statusCode());
        died(database, key);
        String began = given().get("/api/rebuild").path("startedAt");
        given().header("Idempotency-Key", key)
                .noContentType()
                .post("/api/rebuild?dryRun=true")
                .then()
                .statusCode(202)
                .body("startedAt", equalTo(began));
    }

    @Test
    void aQuarantinedCallbackIsDismissedAndRetriedOnce() throws SQLException {
        String id = given().contentType("text/plain")
                .body("neither JSON nor a form " + key)
                .post("/callbacks/local")
                .then()
                .statusCode(422)
                .extract()
                .path("quarantineId");
        for (String action : List.of("retry", "dismiss")) {
            Response first = post("/api/quarantine/" + id + "/" + action, key, "");
            Response again = post("/api/quarantine/" + id + "/" + action, key, "");
            assertEquals(200, first.statusCode(), first::asString);
            assertEquals("true", again.header("Idempotent-Replayed"), again::asString);
            assertArrayEquals(first.asByteArray(), again.asByteArray());
        }
        String readable = "ruleId=" + rule.id + "&alertName=a&alertState=ALERT&timestamp=1741053600000&userId=1";
        Sql.execute(
                database,
                "update quarantine set body = convert_to('" + readable + "', 'UTF8'), status = 'pending' where id = '"
                        + id + "'");
        String moved = "moved-" + key;
        assertEquals(
                "resolved", post("/api/quarantine/" + id + "/retry", moved, "").path("status"));
        died(database, "moved-" + key);
        given().noContentType()
                .header("Idempotency-Key", moved)
                .post("/api/quarantine/" + id + "/retry")
                .then()
                .statusCode(200)
                .body("status", equalTo("resolved"))
                .body("eventIds", hasSize(1));
        given().noContentType().post("/api/quarantine/" + id + "/retry").then().statusCode(409);
    }

    private String opened() {
        return rule.alert("i-1", "2025-03-04T02:00:00Z");
    }
}
