package foldback.callback;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Any bytes, any size, any header: a clear answer, nothing lost, nothing partly read, and the others unharmed. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class HostileCallbackIT {
    @Inject
    DataSource database;

    private final String rule = "hostile-" + UUID.randomUUID();

    @Test
    void nulBytesAndBrokenEncodingsAreReadAsReplacements() throws Exception {
        byte[] body = bytes("userId=1&ruleId=" + rule + "&alertName=a%00b\u0000c&alertState=ALERT&timestamp=1741054000"
                + "&dimensions={x=%FF%FE, y=\u0000}&curValue=%ED%A0%80");
        body[body.length - 1] = (byte) 0xFF;
        post(body).statusCode(200).body("status", equalTo("recorded"));
        assertEquals(
                "a\uFFFDb\uFFFDc",
                text("select alert_name from events e where expression is null and alert_name like 'a%c'"
                        + " and stream_id in (select stream_id from streams where rule_id = '" + rule + "')"));
    }

    @Test
    void twoHundredKilobytesOfOneFieldAreRecordedWhole() throws Exception {
        String name = "n".repeat(200 * 1024);
        post(bytes(alert("&alertName=" + name))).statusCode(200);
        assertEquals(
                Integer.toString(200 * 1024),
                text("select length(alert_name)::text from streams where rule_id = '" + rule + "'"));
    }

    @Test
    void longTextInEveryFieldIsRecorded() {
        String text = "\u6c49\ud83d\ude00".repeat(1200);
        String fields = List.of(
                        "ruleId",
                        "userId",
                        "alertName",
                        "metricName",
                        "rawMetricName",
                        "namespace",
                        "curValue",
                        "transId",
                        "instanceName",
                        "regionId",
                        "groupId",
                        "unit",
                        "expression",
                        "preTriggerLevel")
                .stream()
                .map(field -> field + "=" + text)
                .collect(Collectors.joining("&"));
        post(bytes(fields + "&alertState=ALERT&timestamp=1741054000&dimensions={" + "k".repeat(3000) + "=" + text
                        + "}"))
                .statusCode(200)
                .body("events[0].effect", equalTo("opened"));
    }

    /** More than 50,000 characters is what a reader of JSON refuses unless told otherwise; more than 2,700 bytes, what an index does. */
    @Test
    void aNameOfAnyLengthIsKeptFoundAndShown() {
        String name = "n".repeat(60_000);
        String label = new Random(7)
                .ints(5_000, 0, 26)
                .mapToObj(letter -> "" + (char) ('a' + letter))
                .collect(Collectors.joining());
        String body =
                "{\"ruleId\":\"%s\",\"alertState\":\"%s\",\"timestamp\":174105400%d,\"dimensions\":{\"%s\":\"v\"},"
                        + "\"customLabels\":{\"%s\":\"w\",\"%s\":\"x\"}}";
        String stream = post(bytes(body.formatted(rule, "ALERT", 1, name, name, label)))
                .statusCode(200)
                .body("events[0].effect", equalTo("opened"))
                .extract()
                .path("events[0].streamId");
        post(bytes(body.formatted(rule, "OK", 2, name, name, label)))
                .statusCode(200)
                .body("events[0].effect", equalTo("resolved"));
        for (String list : List.of("incidents?ruleId=" + rule, "streams?ruleId=" + rule, "events?streamId=" + stream)) {
            given().get("/api/" + list).then().statusCode(200).body("items[0].dimensions", equalTo(Map.of(name, "v")));
        }
        given().get("/api/incidents?ruleId=" + rule + "&label." + label + "=x")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("items[0].labels", equalTo(Map.of(name, "w", label, "x")));
    }

    @Test
    void tenThousandDimensionsAreTenThousandStreamsInOneTransaction() throws Exception {
        String objects = IntStream.range(0, 10_000)
                .mapToObj(n -> "{\"i\":\"" + n + "\"}")
                .collect(Collectors.joining(","));
        String body = "{\"ruleId\":\"" + rule + "\",\"alertState\":\"ALERT\",\"timestamp\":1741054000,\"dimensions\":["
                + objects + "]}";
        // Where it takes so long that the answer is "spooled", it is recorded all the same.
        ValidatableResponse first = post(bytes(body)).statusCode(200).body("status", oneOf("recorded", "spooled"));
        if ("recorded".equals(first.extract().path("status"))) {
            first.body("events", hasSize(10_000));
        }
        awaitCount("select count(*)::text from events e");
        assertEquals(
                "1",
                text("select count(distinct (e.callback_id, e.recorded_at))::text from events e join streams s"
                        + " using (stream_id) where s.rule_id = '" + rule + "'"));
        assertEquals(
                "1",
                text(
                        "select count(*)::text from shared_bodies b where b.callback_id in (select callback_id from events e"
                                + " join streams s using (stream_id) where s.rule_id = '" + rule + "')"));
        post(bytes(body)).statusCode(200).body("status", oneOf("duplicate", "spooled"));
        awaitCount("select count(*)::text from deliveries d");
        awaitCount("select count(*)::text from events e");
    }

    /** Ten thousand, of the streams of the rule. */
    private void awaitCount(String counted) {
        Await.until("10,000: " + counted, Duration.ofSeconds(60), () -> "10000"
                .equals(text(counted + " join streams s using (stream_id) where s.rule_id = '" + rule + "'")));
    }

    @Test
    void aBodyOverTheLimitIsRefusedByItsAnnouncement() throws IOException {
        String answer = RawPost.exchange("/callbacks/local", "Content-Length: 99999999999999\r\n", out -> {});
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhileItArrives() throws IOException {
        String answer = RawPost.exchange("/callbacks/local", "Transfer-Encoding: chunked\r\n", out -> {
            byte[] chunk = bytes("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            for (int n = 0; n < 1000; n++) {
                out.write(chunk);
                out.flush();
            }
        });
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() {
        String start = alert("&padding=");
        post(bytes(start + "p".repeat(256 * 1024 - start.length()))).statusCode(200);
        given().body(bytes(start + "p".repeat(256 * 1024 - start.length() + 1)))
                .post("/callbacks/local")
                .then()
                .statusCode(413);
    }

    @Test
    void randomBytesAreNeverAServerError() {
        Random random = new Random(20_250_304);
        for (int n = 0; n < 300; n++) {
            byte[] body = new byte[random.nextInt(400)];
            random.nextBytes(body);
            int status = post(body).extract().statusCode();
            assertTrue(List.of(200, 202, 422).contains(status), "status " + status + " for body " + n);
        }
    }

    @Test
    void hostileCallbacksDoNotFailTheOthersInTheirBatch() {
        String huge = "&curValue=" + "9".repeat(100_000) + "&alertName=" + "\u0000".repeat(50_000);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            String extra = n % 10 == 0 ? huge + "&regionId=" + n : "&alertName=cpu";
            byte[] body = bytes(alert(extra) + "&extra=" + n + "&dimensions={n=" + n + "}");
            answers.add(CompletableFuture.supplyAsync(() -> post(body).extract().statusCode()));
        }
        answers.forEach(answer -> assertEquals(200, answer.join()));
    }

    @Test
    void whatTheDatabaseRefusesIsQuarantinedAloneAndRetriedOnceItIsAccepted() throws Exception {
        execute("alter table streams add constraint poison check (rule_id <> '" + rule + "-poison')");
        String poison = "ruleId=" + rule + "-poison&alertState=ALERT&timestamp=1741054000";
        List<CompletableFuture<ValidatableResponse>> answers = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            byte[] body = bytes(n % 20 == 7 ? poison + "&curValue=" + n : alert("&dimensions={n=" + n + "}"));
            answers.add(CompletableFuture.supplyAsync(() -> post(body)));
        }
        List<Integer> refused = new ArrayList<>();
        for (int n = 0; n < answers.size(); n++) {
            int status = answers.get(n).join().extract().statusCode();
            assertEquals(n % 20 == 7 ? 422 : 200, status);
            if (status == 422) {
                refused.add(n);
            }
        }
        execute("alter table streams drop constraint poison");
        for (int n : refused) {
            String id = answers.get(n).join().extract().path("quarantineId");
            given().post("/api/quarantine/" + id + "/retry")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("resolved"));
        }
        everythingThatWasAnsweredIsAccountedFor();
    }

    @Test
    void everythingThatWasAnsweredIsAccountedFor() {
        given().get("/api/completeness?recount=true").then().statusCode(200).body("agrees", equalTo(true));
        given().get("/api/completeness").then().statusCode(200).body("agrees", equalTo(true));
    }

    private static ValidatableResponse post(byte[] body) {
        return given().contentType("application/octet-stream")
                .body(body)
                .post("/callbacks/local")
                .then();
    }

    private String alert(String more) {
        return "userId=1&ruleId=" + rule + "&alertState=ALERT&timestamp=1741054000" + more;
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
