package foldback.callback;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.ledger.Outcome;
import foldback.spool.Spool;
import foldback.spool.Spooled;
import foldback.testing.Await;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While the database does not commit, callbacks are answered all the same, and recorded once it does: each once. */
@QuarkusTest
@TestProfile(SpoolIT.Impatient.class)
@WithTestResource(PostgresResource.class)
class SpoolIT {
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("foldback.spool.after", "500ms", "quarkus.datasource.jdbc.acquisition-timeout", "1s");
        }
    }

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    DataSource database;

    @Inject
    Spool spool;

    private final String rule = "spool-" + UUID.randomUUID();

    @AfterEach
    void everythingThatWasAnsweredIsAccountedFor() {
        Await.until(
                "nothing is spooled or on its way",
                SOON,
                () -> account("spooled").equals(0) && account("inFlight").equals(0));
        completeness().body("agrees", equalTo(true));
        given().get("/api/completeness?recount=true").then().statusCode(200).body("agrees", equalTo(true));
    }

    /** It may have been recorded since it was reported, and would then be counted twice. */
    @Test
    void whatLiesInTheSpoolOfAnotherProcessIsOnItsWay() throws SQLException {
        UUID elsewhere = UUID.randomUUID();
        Sql.execute(
                database,
                "insert into spools (spool_id, replica, spooled, bytes, oldest_received_at, reported_at)"
                        + " values ('%s', 'elsewhere', 3, 900, now(), now())".formatted(elsewhere));
        try {
            Await.until("this process has nothing under way", SOON, () -> account("inFlight")
                    .equals(3));
            completeness().body("spooled", equalTo(3)).body("spools.replica", hasItem("elsewhere"));
        } finally {
            Sql.execute(database, "delete from spools where spool_id = '" + elsewhere + "'");
        }
    }

    @Test
    void aLockHeldForEightSecondsDelaysNoAnswerAndLosesNothing() throws SQLException {
        String first = known();
        try (Connection holder = database.getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "select from stream_heads where stream_id = '" + first + "' for update");
            long locked = System.nanoTime();
            spooled(post(alert(1, 1)).time(lessThan(3000L)));
            spooled(post(alert(1, 2)).time(lessThan(3000L)));
            assertTrue(oneOfOthersIsRecorded(), "the other lanes go on");
            Await.until("it is reported", SOON, () -> (int) account("spooled") >= 2);
            completeness().body("agrees", equalTo(true));
            Await.until("it was held for 8 s", SOON, () -> System.nanoTime() - locked > 8_000_000_000L);
            holder.rollback();
        }
        recorded(first, 3);
        given().get("/api/incidents?ruleId=" + rule + "&dimensions.n=1").then().body("items.alertCount", contains(3));
    }

    /** Which lane a stream is in is chance; that forty are all in the locked one is not. */
    private boolean oneOfOthersIsRecorded() {
        return IntStream.range(2, 42)
                .mapToObj(stream ->
                        post(alert(stream, 0)).statusCode(200).extract().<String>path("status"))
                .anyMatch("recorded"::equals);
    }

    @Test
    void withoutAConnectionCallbacksAreSpooled() throws SQLException {
        String stream = known();
        List<Connection> taken = new ArrayList<>();
        try {
            takeAll(taken);
            spooled(post(alert(1, 1)).time(lessThan(3000L)));
            spooled(post(alert(1, 2)).time(lessThan(3000L)));
            spooled(post("what " + rule).time(lessThan(3000L)));
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        recorded(stream, 3);
        quarantined("what " + rule, 1);
    }

    /** The first stream, with its first signal. A busy machine may take longer for that than half a second, after which it is spooled. */
    private String known() {
        post(alert(1, 0)).statusCode(200);
        Await.until("it is recorded", SOON, () -> streams().size() == 1);
        return streams().get(0);
    }

    private List<String> streams() {
        return given().get("/api/streams?ruleId=" + rule).path("items.id");
    }

    private void takeAll(List<Connection> taken) {
        try {
            while (true) {
                taken.add(database.getConnection());
            }
        } catch (SQLException e) {
            assertTrue(taken.size() > 5, "the pool has given all it has: " + taken.size());
        }
    }

    @Test
    void whatCannotBeReadIsSpooledWhileTheQuarantineIsLocked() throws SQLException {
        try (Connection holder = database.getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "lock table quarantine in access exclusive mode");
            spooled(post("what " + rule).time(lessThan(3000L)));
            holder.rollback();
        }
        quarantined("what " + rule, 1);
    }

    /** As after a commit of unknown outcome: in the log, and in the spool. */
    @Test
    void whatWasRecordedAlreadyIsRecognisedAmongOthers() throws Exception {
        String body = alert(1, 0);
        String stream = post(body).extract().path("events[0].streamId");
        spool(recordedAs("events", stream), body);
        spool(UUID.randomUUID(), Instant.now(), alert(1, 1));
        recorded(stream, 2);
        assertEquals(0, count("select count(*) from deliveries where stream_id = '" + stream + "'"));
    }

    @Test
    void aDuplicateThatWasRecordedAlreadyIsRecognised() throws Exception {
        String body = alert(1, 0);
        String stream = post(body).extract().path("events[0].streamId");
        post(body).body("status", equalTo("duplicate"));
        spool(recordedAs("deliveries", stream), body);
        recorded(stream, 1);
        assertEquals(1, count("select count(*) from deliveries where stream_id = '" + stream + "'"));
        given().get("/api/streams/" + stream).then().body("duplicateCount", equalTo(1));
    }

    @Test
    void anEstimatedTimeKeepsItsReceiptAndIsRecognised() throws Exception {
        String body = "ruleId=" + rule + "&alertState=ALERT";
        ValidatableResponse posted = post(body);
        String stream = posted.extract().path("events[0].streamId");
        spool(recordedAs("events", stream), body);
        Instant earlier = Instant.parse("2025-03-04T10:00:00Z");
        spool(UUID.randomUUID(), earlier, body);
        recorded(stream, 2);
        given().get("/api/events?streamId=" + stream).then().body("items.receivedAt", hasItem(earlier.toString()));
    }

    @Test
    void aQuarantinedCallbackIsRecognisedWhateverHasBecomeOfItsEntry() throws Exception {
        String id = post("what " + rule).statusCode(422).extract().path("quarantineId");
        String again = post("what " + rule).statusCode(422).extract().path("quarantineId");
        assertEquals(id, again);
        List<Spooled> deliveries = deliveries(id, "what " + rule);
        assertEquals(2, deliveries.size());
        execute("update quarantine set status = 'resolved' where id = '" + id + "'");
        try {
            deliveries.forEach(this::spool);
            Await.until("the spool is empty", SOON, () -> spool.entries() == 0);
            assertEquals(2, count("select count(*) from quarantine_deliveries where quarantine_id = '" + id + "'"));
            assertEquals(
                    1, count("select count(*) from quarantine where body = convert_to('what " + rule + "', 'UTF8')"));
        } finally {
            execute("update quarantine set status = 'pending' where id = '" + id + "'");
        }
    }

    @Test
    void whatTheDatabaseRefusesIsQuarantinedAloneAndHoldsUpNobody() throws Exception {
        execute("alter table streams add constraint poison check (rule_id <> '" + rule + "-poison')");
        try {
            String poison = "ruleId=" + rule + "-poison&alertState=ALERT&timestamp=1741054000";
            for (int n = 0; n < 30; n++) {
                spool(UUID.randomUUID(), Instant.now(), n == 7 ? poison : alert(1, n));
            }
            quarantined(poison, 1);
            assertEquals(
                    29,
                    count("select count(*) from events where position(convert_to('ruleId=" + rule
                            + "&', 'UTF8') in body) > 0"));
        } finally {
            execute("alter table streams drop constraint poison");
        }
    }

    @Test
    void whatIsLockedHoldsUpNobody() throws Exception {
        String locked = known();
        String free = post(alert(2, 0)).extract().path("events[0].streamId");
        try (Connection holder = database.getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "select from stream_heads where stream_id = '" + locked + "' for update");
            spool(UUID.randomUUID(), Instant.now(), alert(1, 1));
            spool(UUID.randomUUID(), Instant.now(), alert(2, 1));
            recorded(free, 2);
            Await.until("only what is locked is left", SOON, () -> spool.entries() == 1);
            holder.rollback();
        }
        recorded(locked, 2);
    }

    @Test
    void theSpoolOfAProcessThatIsGoneIsListedWithWhenItLastReported() throws SQLException {
        execute("insert into spools values ('" + UUID.randomUUID() + "', '" + rule
                + "', 3, 900, now(), '2025-03-04 10:00Z')");
        try {
            completeness()
                    .body("spooled", greaterThanOrEqualTo(3))
                    .body("agrees", equalTo(true))
                    .body("spools.size()", greaterThanOrEqualTo(2))
                    .body("spools.find { it.replica == '" + rule + "' }.spooled", equalTo(3))
                    .body("spools.find { it.replica == '" + rule + "' }.reportedAt", equalTo("2025-03-04T10:00:00Z"));
        } finally {
            execute("delete from spools where replica = '" + rule + "'");
        }
    }

    private static Object account(String field) {
        return completeness().extract().path(field);
    }

    private static ValidatableResponse completeness() {
        return given().get("/api/completeness").then().statusCode(200);
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/octet-stream")
                .body(bytes(body))
                .post("/callbacks/local")
                .then();
    }

    private static void spooled(ValidatableResponse answer) {
        answer.statusCode(200).body("status", equalTo("spooled")).body("callbackId", notNullValue());
    }

    private String alert(int stream, int n) {
        return "userId=1&ruleId=" + rule + "&alertState=ALERT&timestamp=" + (1_741_054_000 + n) + "&curValue=" + n
                + "&dimensions={n=" + stream + "}";
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** The id and the receipt under which the stream's last signal was recorded, or delivered again. */
    private Spooled recordedAs(String table, String stream) throws SQLException {
        return rows("select callback_id, received_at from " + table + " where stream_id = '" + stream + "'", "")
                .get(0);
    }

    private List<Spooled> deliveries(String quarantineId, String body) throws SQLException {
        return rows(
                "select callback_id, received_at from quarantine_deliveries where quarantine_id = '" + quarantineId
                        + "'",
                body);
    }

    private List<Spooled> rows(String sql, String body) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            List<Spooled> found = new ArrayList<>();
            while (row.next()) {
                Instant receivedAt = row.getObject(2, OffsetDateTime.class).toInstant();
                found.add(new Spooled(0, row.getObject(1, UUID.class), receivedAt, "127.0.0.1", null, bytes(body)));
            }
            return found;
        }
    }

    private void spool(Spooled callback, String body) {
        spool(callback.id(), callback.receivedAt(), body);
    }

    private void spool(UUID id, Instant receivedAt, String body) {
        spool(new Spooled(0, id, receivedAt, "127.0.0.1", null, bytes(body)));
    }

    private void spool(Spooled callback) {
        Outcome outcome = spool.keep(callback).toCompletableFuture().join();
        assertEquals(new Outcome.Spooled(callback.id()), outcome);
    }

    private void recorded(String stream, int events) {
        Await.until(
                "the stream has its events",
                SOON,
                () -> count("select count(*) from events where stream_id = '" + stream + "'") == events);
    }

    private void quarantined(String body, int deliveries) {
        Await.until(
                "it is in quarantine",
                SOON,
                () -> spool.entries() == 0
                        && count(
                                        "select count(*) from quarantine q join quarantine_deliveries d on d.quarantine_id = q.id"
                                                + " where q.body = convert_to('" + body + "', 'UTF8')")
                                == deliveries);
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
