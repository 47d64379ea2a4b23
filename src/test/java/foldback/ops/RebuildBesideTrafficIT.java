package foldback.ops;

import static foldback.testing.Rebuilds.begin;
import static foldback.testing.Rebuilds.finished;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Live = rebuilt, while callbacks arrive late and twice, and people act, on the very streams that rebuilds put right. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class RebuildBesideTrafficIT {
    private static final int STREAMS = 8;
    private static final int CALLBACKS = 240;
    private static final int SENDERS = 3;
    private static final int LEAST_REBUILDS = 3;
    private static final String INCIDENTS = """
            select i::text from incidents i join streams s on s.stream_id = i.stream_id
            where s.rule_id = '%s' order by i.stream_id, i.id
            """;
    private static final String[] STATES = {"ALERT", "ALERT", "ALERT", "OK", "INSUFFICIENT_DATA"};
    private static final String[] ACTIONS = {"acknowledge", "unacknowledge", "notes", "resolve"};

    @Inject
    DataSource database;

    private final String rule = "beside-" + UUID.randomUUID();
    private final AtomicInteger acted = new AtomicInteger();

    @Test
    void whatIsRecordedMeanwhileIsNeitherLostNorFoldedOtherwise() throws SQLException {
        CompletableFuture<?> traffic = CompletableFuture.allOf(IntStream.range(0, SENDERS)
                .mapToObj(sender -> CompletableFuture.runAsync(() -> send(sender)))
                .toArray(CompletableFuture<?>[]::new));
        for (int rebuilds = 0; rebuilds < LEAST_REBUILDS || !traffic.isDone(); rebuilds++) {
            execute(
                    "update incidents i set alert_count = 99, acknowledged_at = null, acknowledged_by = null from streams s"
                            + " where s.stream_id = i.stream_id and s.rule_id = '" + rule + "'");
            begin("");
            finished();
        }
        traffic.join();
        begin("");
        finished();

        assertTrue(acted.get() > CALLBACKS / 4, "people acted " + acted + " times");
        assertEquals(List.of(CALLBACKS + " " + acted), rows("""
                select count(*) filter (where e.type = 'signal') || ' ' || count(*) filter (where e.type <> 'signal')
                from events e join streams s on s.stream_id = e.stream_id where s.rule_id = '%s'"""));
        List<String> live = rows(INCIDENTS);
        assertFalse(live.isEmpty());
        begin("?dryRun=true");
        finished().body("differing", equalTo(0));
        execute("delete from incidents i using streams s where s.stream_id = i.stream_id and s.rule_id = '" + rule
                + "'");
        begin("");
        finished().body("differing", greaterThan(0));
        assertEquals(live, rows(INCIDENTS));
        given().get("/api/completeness?recount=true").then().statusCode(200).body("agrees", equalTo(true));
    }

    /** Each sends all of the same callbacks, in an order of its own, and acts between them. */
    private void send(int sender) {
        Random random = new Random(sender);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, CALLBACKS).boxed().toList());
        Collections.shuffle(order, random);
        for (int n : order) {
            Response answer = given().contentType("text/plain").body(body(n)).post("/callbacks/local");
            assertEquals(200, answer.statusCode(), answer::asString);
            String incident = answer.path("events[0].incidentId");
            if (incident != null && random.nextInt(3) == 0) {
                act(incident, ACTIONS[random.nextInt(ACTIONS.length)]);
            }
        }
    }

    private String body(int n) {
        return "userId=1&ruleId=" + rule + "&alertState=" + STATES[new Random(n).nextInt(STATES.length)] + "&timestamp="
                + (1_741_054_000 + 60 * n) + "&dimensions={n=" + n % STREAMS + "}&curValue=" + n;
    }

    /** The incident may be resolved by now, have another id, or be part of another one. */
    private void act(String incident, String action) {
        Response answer = given().redirects()
                .follow(false)
                .contentType("application/json")
                .body("{\"note\":\"meanwhile\"}")
                .post("/api/incidents/" + incident + "/" + action);
        if (answer.statusCode() == 200) {
            acted.incrementAndGet();
        } else {
            assertTrue(List.of(308, 404, 409).contains(answer.statusCode()), answer.statusCode() + answer.asString());
        }
    }

    private void execute(String sql) throws SQLException {
        Sql.execute(database, sql);
    }

    private List<String> rows(String sql) throws SQLException {
        return Sql.rows(database, sql.formatted(rule));
    }
}
