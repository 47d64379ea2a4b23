package foldback.ops;

import static foldback.testing.Rebuilds.begin;
import static foldback.testing.Rebuilds.finished;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.EventIds;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live = rebuilt, over HTTP and beside what the other tests left in the log. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class RebuildIT {
    private static final String INCIDENTS = "select i::text from incidents i order by stream_id, id";

    @Inject
    DataSource database;

    private final String rule = "rebuild-" + UUID.randomUUID();

    @BeforeEach
    void record() {
        for (int stream = 0; stream < 5; stream++) {
            String[] states = {"ALERT", "ALERT", "OK", "INSUFFICIENT_DATA", "ALERT"};
            for (int n = 0; n < states.length; n++) {
                String body = "userId=1&ruleId=" + rule + "&alertState=" + states[n] + "&timestamp="
                        + (1_741_054_000 + 60 * n) + "&dimensions={n=" + stream + "}&curValue=" + n;
                given().contentType("text/plain")
                        .body(body)
                        .post("/callbacks/local")
                        .then()
                        .statusCode(200);
            }
        }
        String id = given().get("/api/incidents?limit=1&ruleId=" + rule)
                .then()
                .extract()
                .path("items[0].id");
        given().contentType("application/json")
                .body("{\"note\":\"looking\"}")
                .post("/api/incidents/" + id + "/acknowledge")
                .then()
                .statusCode(200);
    }

    @Test
    void aDryRunOfAHealthyDatabaseFindsNothingAndChangesNothing() throws SQLException {
        List<String> before = rows(INCIDENTS);
        begin("?dryRun=true");
        finished().body("dryRun", equalTo(true)).body("differing", equalTo(0)).body("done", greaterThan(25));
        assertEquals(before, rows(INCIDENTS));
    }

    @Test
    void theLatestIsTheOneThatBeganLastThoughAnotherProcessHadAClockAhead() throws SQLException {
        UUID ahead = EventIds.at(Instant.now().plusSeconds(3600), 1);
        execute(
                "insert into rebuilds (id, dry_run, fold_version, state, total, owner, touched_at, finished_at) values ('"
                        + ahead + "', false, 1, 'finished', 0, '" + ahead + "', now(), now())");
        try {
            begin("?dryRun=true");
            finished().body("dryRun", equalTo(true));
        } finally {
            execute("delete from rebuilds where id = '" + ahead + "'");
        }
    }

    @Test
    void truncatedIncidentsComeBackIdsIncluded() throws SQLException {
        List<String> before = rows(INCIDENTS);
        execute("truncate incidents");
        begin("?dryRun=true");
        finished().body("differing", equalTo(before.size()));
        assertTrue(rows(INCIDENTS).isEmpty());
        begin("");
        finished()
                .body("differing", equalTo(before.size()))
                .body("startedAt", notNullValue())
                .body("finishedAt", notNullValue())
                .body("eventsPerSecond", greaterThan(0));
        assertEquals(before, rows(INCIDENTS));
        begin("");
        finished().body("differing", equalTo(0));
    }

    @Test
    void whatSomebodyChangedByHandIsPutRight() throws SQLException {
        List<String> before = rows(INCIDENTS);
        execute(
                "update incidents set alert_count = 99, acknowledged_at = null, acknowledged_by = null where stream_id in"
                        + " (select stream_id from streams where rule_id = '" + rule + "')");
        begin("");
        finished().body("differing", equalTo(10));
        assertEquals(before, rows(INCIDENTS));
    }

    @Test
    void oneRunsAtATimeAndOneThatWasLeftAloneIsTakenUp() throws SQLException {
        execute("insert into rebuilds (id, dry_run, fold_version, state, total, owner, touched_at) select"
                + " 'ffffffff-0000-7000-8000-000000000000', true, max(version), 'running', 1, gen_random_uuid(),"
                + " clock_timestamp() - interval '9 seconds' from fold_versions");
        try {
            given().post("/api/rebuild").then().statusCode(409).contentType("application/problem+json");
            given().get("/api/rebuild").then().body("state", equalTo("running"));
            finished().body("differing", equalTo(0));
        } finally {
            execute("delete from rebuilds where id = 'ffffffff-0000-7000-8000-000000000000'");
        }
    }

    @Test
    void unknownParametersAreRefused() {
        given().post("/api/rebuild?dry=true").then().statusCode(400);
        given().post("/api/rebuild?dryRun=perhaps").then().statusCode(400);
    }

    private void execute(String sql) throws SQLException {
        Sql.execute(database, sql);
    }

    private List<String> rows(String sql) throws SQLException {
        return Sql.rows(database, sql);
    }
}
