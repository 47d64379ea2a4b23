package foldback.callback;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class QuarantineIT {
    @Inject
    DataSource database;

    private final String unique = UUID.randomUUID().toString();

    @Test
    void anEntryShowsWhatCameAndWhatIsWrongWithIt() {
        byte[] body = {'n', 'o', ' ', (byte) 0xFF, 0, '{'};
        String id = post(body).extract().path("quarantineId");
        entry(id)
                .body("kind", equalTo("invalid"))
                .body("status", equalTo("pending"))
                .body("field", nullValue())
                .body("reason", notNullValue())
                .body("remoteAddress", equalTo("127.0.0.1"))
                .body("contentType", startsWith("application/octet-stream"))
                .body("body", equalTo("no \uFFFD\u0000{"))
                .body("bodyBase64", equalTo(Base64.getEncoder().encodeToString(body)))
                .body("retriedAt", nullValue())
                .body("eventIds", empty());
    }

    @Test
    void deliveriesOfAnEqualBodyAreCountedOnTheFirst() {
        String id = post(bytes("what " + unique)).extract().path("quarantineId");
        post(bytes("what " + unique)).body("quarantineId", equalTo(id));
        entry(id).body("deliveries", equalTo(2));
    }

    @Test
    void aRetryThatStillCannotReadItSaysSo() {
        String id = post(bytes("what " + unique)).extract().path("quarantineId");
        act(id, "retry").statusCode(200).body("status", equalTo("pending")).body("retriedAt", notNullValue());
    }

    @Test
    void aRetryThatCanReadItMovesItOverToTheLog() throws SQLException {
        String id = post(bytes("what " + unique)).extract().path("quarantineId");
        post(bytes("what " + unique));
        becomesReadable(id, "ruleId=" + unique + "&alertState=ALERT&timestamp=1741054000");
        String event = act(id, "retry")
                .statusCode(200)
                .body("status", equalTo("resolved"))
                .body("eventIds", hasSize(1))
                .extract()
                .path("eventIds[0]");
        given().get("/api/events/" + event).then().statusCode(200).body("callbackId", equalTo(id));
        act(id, "retry").statusCode(409);
        act(id, "dismiss").statusCode(409);
        given().get("/api/completeness?recount=true").then().body("agrees", equalTo(true));
        given().get("/api/completeness").then().body("agrees", equalTo(true));
    }

    /** A delivery holds the entry of its body and then counts; a retry counts, and then holds the entry. */
    @Test
    void aRetryAndAnotherDeliveryDoNotWaitForEachOther() throws Exception {
        String id = post(bytes("what " + unique)).extract().path("quarantineId");
        becomesReadable(id, "ruleId=" + unique + "&alertState=ALERT&timestamp=1741054000");
        CompletableFuture<ValidatableResponse> retry;
        try (Connection delivery = database.getConnection();
                Statement its = delivery.createStatement()) {
            delivery.setAutoCommit(false);
            // Less than a deadlock takes to be noticed.
            its.execute("set local lock_timeout = '500ms'");
            its.execute("select from quarantine where id = '" + id + "' for update");
            retry = CompletableFuture.supplyAsync(() -> act(id, "retry"));
            Await.until(
                    "the retry waits for the entry",
                    Duration.ofSeconds(10),
                    () -> Sql.rows(database, "select pid from pg_locks where not granted")
                                    .size()
                            == 1);
            assertTrue(its.executeUpdate("update callback_counts set quarantined = quarantined where lane = -1") > 0);
            delivery.commit();
        }
        retry.get(10, TimeUnit.SECONDS).statusCode(200).body("status", equalTo("resolved"));
    }

    @Test
    void aRetriedCallbackKeepsItsReceipt() throws SQLException {
        String id = post(bytes("what " + unique)).extract().path("quarantineId");
        becomesReadable(id, "ruleId=" + unique + "&alertState=ALERT");
        String receivedAt = entry(id).extract().path("receivedAt");
        String event = act(id, "retry").extract().path("eventIds[0]");
        given().get("/api/events/" + event)
                .then()
                .body("receivedAt", equalTo(receivedAt))
                .body("occurredAt", equalTo(receivedAt))
                .body("timeEstimated", equalTo(true));
    }

    @Test
    void dismissingIsForWhatNobodyNeedsToSeeAgain() {
        String id = post(bytes("what " + unique)).extract().path("quarantineId");
        act(id, "dismiss").statusCode(200).body("status", equalTo("dismissed"));
        act(id, "dismiss").statusCode(200).body("status", equalTo("dismissed"));
        given().get("/api/quarantine?status=dismissed&limit=1000").then().body("items.id", hasItem(id));
    }

    @Test
    void pagesVisitEveryEntryOnceAndEndBeforeTheyGrowTooLarge() {
        List<String> posted = new ArrayList<>();
        for (int n = 0; n < 45; n++) {
            String large = unique + n + "x".repeat(250_000);
            posted.add(0, post(bytes(large)).extract().path("quarantineId"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            ValidatableResponse page =
                    given().get("/api/quarantine?limit=100" + cursor).then().statusCode(200);
            List<String> ids = page.extract().path("items.id");
            long large = ids.stream().filter(posted::contains).count();
            assertTrue((large - 1) * 250_000 <= 8 << 20, "a page of " + large + " large entries is too large");
            seen.addAll(ids);
            String next = page.extract().path("next");
            cursor = next == null ? null : "&cursor=" + next;
            pages++;
        } while (cursor != null && !seen.containsAll(posted));
        assertTrue(pages > 1);
        assertEquals(posted, seen.stream().filter(posted::contains).toList());
    }

    @Test
    void whatIsWrongIsNamed() {
        given().get("/api/quarantine?status=open").then().statusCode(400).body("errors.field", contains("status"));
        given().get("/api/quarantine?limit=0").then().statusCode(400).body("errors.field", contains("limit"));
        given().get("/api/quarantine?cursor=x").then().statusCode(400).body("errors.field", contains("cursor"));
        given().get("/api/quarantine/x").then().statusCode(400);
        given().get("/api/quarantine/" + UUID.randomUUID()).then().statusCode(404);
        act(UUID.randomUUID().toString(), "retry").statusCode(404);
        act(UUID.randomUUID().toString(), "dismiss").statusCode(404);
    }

    /** As if a later version could read it. */
    private void becomesReadable(String id, String body) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update quarantine set body = ? where id = ?")) {
            statement.setBytes(1, bytes(body));
            statement.setObject(2, UUID.fromString(id));
            statement.executeUpdate();
        }
    }

    private static ValidatableResponse post(byte[] body) {
        return given().contentType("application/octet-stream")
                .body(body)
                .post("/callbacks/local")
                .then()
                .statusCode(422);
    }

    private static ValidatableResponse entry(String id) {
        return given().get("/api/quarantine/" + id).then().statusCode(200);
    }

    private static ValidatableResponse act(String id, String action) {
        return given().post("/api/quarantine/" + id + "/" + action).then();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
