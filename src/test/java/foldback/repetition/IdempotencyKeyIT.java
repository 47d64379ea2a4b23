package foldback.repetition;

import static foldback.repetition.Sending.NOTE;
import static foldback.repetition.Sending.note;
import static foldback.repetition.Sending.notes;
import static foldback.repetition.Sending.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.incident.Rule;
import foldback.testing.Await;
import foldback.testing.Concurrent;
import foldback.testing.PostgresResource;
import foldback.testing.RawHttp;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An action that is sent again with its key is carried out once, whatever happened to the first request. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class IdempotencyKeyIT {
    private final Rule rule = new Rule();
    private final String key = UUID.randomUUID().toString();

    @Inject
    DataSource database;

    @Test
    void whatSucceededIsAnsweredAgainByteForByteAndNotDoneAgain() {
        String id = opened();
        Response first = note(id, key, NOTE);
        rule.alert("i-1", "2025-03-04T02:10:00Z");
        Response again = note(id, key, NOTE);
        assertEquals(200, first.statusCode(), first::asString);
        assertEquals(200, again.statusCode(), again::asString);
        assertArrayEquals(first.asByteArray(), again.asByteArray());
        assertEquals(first.header("ETag"), again.header("ETag"));
        assertEquals(first.contentType(), again.contentType());
        assertNull(first.header("Idempotent-Replayed"));
        assertEquals("true", again.header("Idempotent-Replayed"));
        notes(id, 1);
    }

    @Test
    void whatTheStateDidNotAllowIsAnsweredAgainToo() {
        String id = opened();
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        Response first = post("/api/incidents/" + id + "/resolve", key, "{}");
        assertEquals(409, first.statusCode(), first::asString);
        rule.alert("i-1", "2025-03-04T02:05:00Z");
        Response again = post("/api/incidents/" + id + "/resolve", key, "{}");
        assertEquals(409, again.statusCode(), again::asString);
        assertEquals("application/problem+json", again.contentType());
        assertArrayEquals(first.asByteArray(), again.asByteArray());
    }

    @Test
    void whatWasRefusedCanBeSentAgainWithTheSameKey() throws SQLException {
        String id = opened();
        assertEquals(400, note(id, key, "{}").statusCode());
        assertEquals(400, note(id, key, "{").statusCode());
        assertEquals(
                412,
                given().header("Idempotency-Key", key)
                        .header("If-Match", "\"old\"")
                        .contentType("application/json")
                        .body(NOTE)
                        .post("/api/incidents/" + id + "/notes")
                        .statusCode());
        assertEquals(404, note(UUID.randomUUID().toString(), key, NOTE).statusCode());
        assertEquals(List.of(), Sql.rows(database, "select 1 from idempotency_keys where key = '" + key + "'"));
        assertEquals(200, note(id, key, NOTE).statusCode());
        notes(id, 1);
    }

    @Test
    void aConditionThatHeldTheFirstTimeIsNotAskedForAgain() {
        String id = opened();
        String seen = given().get("/api/incidents/" + id).header("ETag");
        for (int time = 0; time < 2; time++) {
            given().noContentType()
                    .header("Idempotency-Key", key)
                    .header("If-Match", seen)
                    .post("/api/incidents/" + id + "/acknowledge")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefusedAndWithAnotherPathIsAnotherKey() {
        String id = opened();
        String other = rule.alert("i-2", "2025-03-04T02:00:00Z");
        assertEquals(200, note(id, key, NOTE).statusCode());
        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(NOTE + " ")
                .post("/api/incidents/" + id + "/notes")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:foldback:problem:idempotency-key-reused"))
                .body("errors.field", contains("Idempotency-Key"));
        assertEquals(200, note(other, key, NOTE).statusCode());
        assertEquals(
                200, post("/api/incidents/" + id + "/acknowledge", key, NOTE).statusCode());
        notes(id, 1);
        notes(other, 1);
    }

    @Test
    void whileTheFirstIsCarriedOutASecondIsToldSo() throws Exception {
        String id = opened();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from stream_heads where stream_id = '" + rule.stream("i-1") + "' for update");
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(() -> note(id, key, NOTE).statusCode());
            Await.until("the first waits for the stream", Duration.ofSeconds(10), () -> !Sql.rows(
                            database, "select 1 from idempotency_keys where key = '" + key + "'")
                    .isEmpty());
            Response second = note(id, key, NOTE);
            assertEquals(409, second.statusCode(), second::asString);
            assertEquals("1", second.header("Retry-After"));
            assertEquals(422, note(id, key, "{\"note\":\"another\"}").statusCode());
            connection.rollback();
            assertEquals(200, first.get(20, TimeUnit.SECONDS));
        }
        Response third = note(id, key, NOTE);
        assertEquals("true", third.header("Idempotent-Replayed"), third::asString);
        notes(id, 1);
    }

    @Test
    void ofManyAtOnceOneIsCarriedOut() {
        String id = opened();
        List<Integer> statuses = Concurrent.run(12, n -> note(id, key, NOTE).statusCode());
        assertTrue(statuses.contains(200), statuses::toString);
        assertTrue(List.of(200, 409).containsAll(statuses), statuses::toString);
        notes(id, 1);
    }

    @Test
    void anAnswerIsKeptForADay() throws SQLException {
        String id = opened();
        note(id, key, NOTE);
        assertEquals(
                List.of("t"),
                Sql.rows(
                        database,
                        "select expires_at between now() + interval '23:59' and now() + interval '24:01' from"
                                + " idempotency_keys where key = '" + key + "'"));
        Sql.execute(database, "update idempotency_keys set expires_at = now() where key = '" + key + "'");
        assertEquals(200, note(id, key, "{\"note\":\"of another day\"}").statusCode());
        notes(id, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb", "é", "键"})
    void aKeyThatIsNoneIsRefusedUnderItsHeader(String bad) throws IOException {
        refused("Idempotency-Key: " + bad);
    }

    @Test
    void aKeyHasALengthAndComesOnce() throws IOException {
        refused("Idempotency-Key: " + "k".repeat(256));
        refused("Idempotency-Key: a\r\nIdempotency-Key: b");
        String id = opened();
        String longest = key + "~".repeat(255 - key.length());
        assertEquals(200, note(id, longest, NOTE).statusCode());
        assertEquals("true", note(id, longest, NOTE).header("Idempotent-Replayed"));
        assertEquals(200, note(id, "\"" + key + "\"", NOTE).statusCode());
    }

    @Test
    void aKeyOnAQuestionIsPassedOver() {
        String id = opened();
        for (int time = 0; time < 2; time++) {
            given().header("Idempotency-Key", key)
                    .get("/api/incidents/" + id)
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replayed", nullValue());
        }
    }

    @Test
    void theAnswerOfAThousandIsKeptWhole() {
        opened();
        String ids = java.util.stream.Stream.generate(() -> UUID.randomUUID().toString())
                .limit(1000)
                .collect(Collectors.joining("\",\"", "{\"ids\":[\"", "\"]}"));
        Response first = post("/api/incidents/acknowledge", key, ids);
        Response again = post("/api/incidents/acknowledge", key, ids);
        assertEquals("true", again.header("Idempotent-Replayed"), again::asString);
        assertArrayEquals(first.asByteArray(), again.asByteArray());
        assertEquals(1000, again.<List<Object>>path("results").size());
    }

    private String opened() {
        return rule.alert("i-1", "2025-03-04T02:00:00Z");
    }

    private void refused(String header) throws IOException {
        String answer = RawHttp.ask(
                RestAssured.port,
                "POST /api/incidents/" + opened() + "/acknowledge HTTP/1.1",
                header,
                "Content-Length: 0");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("\"field\":\"Idempotency-Key\""), answer);
    }
}
