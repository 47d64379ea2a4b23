package foldback.listing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.incident.Rule;
import foldback.problem.ProblemException;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import org.hibernate.JDBCException;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What asks cannot write, and a database that is away is a problem that passes. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class SnapshotIT {
    @Inject
    Snapshot snapshot;

    @Inject
    SessionFactory sessions;

    @Test
    void nothingCanBeWritten() {
        JDBCException refused = assertThrows(
                JDBCException.class,
                () -> snapshot.ask(session -> session.createNativeQuery(
                                "insert into fold_versions (reopen_within_millis) values (1) returning version",
                                Integer.class)
                        .getSingleResult()));
        assertEquals("25006", refused.getSQLState());
    }

    @Test
    void questionsOfOneRequestSeeTheSameState() {
        String isolation = snapshot.ask(session -> session.createNativeQuery("show transaction_isolation", String.class)
                .getSingleResult());
        assertEquals("repeatable read", isolation);
    }

    /** Cut off before the database has stopped by itself, a patient question would be answered as if the database were away. */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 900})
    void theConnectionWaitsForLongerThanTheStatementMay(int seconds) {
        Snapshot.Limits limits = new Snapshot.Limits(Duration.ofSeconds(seconds), Duration.ofHours(1));
        int millis = snapshot.ask(limits, session -> session.doReturningWork(Connection::getNetworkTimeout));
        String statement = snapshot.ask(limits, session -> session.createNativeQuery(
                        "select setting from pg_settings where name = 'statement_timeout'", String.class)
                .getSingleResult());
        assertEquals(1000 * seconds, Integer.parseInt(statement));
        assertTrue(millis > 1000 * seconds, () -> millis + " ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"incidents", "streams", "events"})
    void whatAPageNeedsOfItsStreamsIsReadInOneGo(String list) {
        Rule rule = new Rule();
        for (int n = 0; n < 20; n++) {
            rule.alert("i-" + n, "2025-03-04T02:00:00Z");
        }
        Statistics statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        given().get("/api/" + list + "?limit=20").then().statusCode(200).body("items", hasSize(20));
        assertTrue(statistics.getPrepareStatementCount() <= 4, statistics::toString);
    }

    @Test
    void aConnectionThatBreaksIsAnsweredAsUnavailable() {
        ProblemException problem = assertThrows(
                ProblemException.class,
                () -> snapshot.ask(session -> session.createNativeQuery(
                                "select pg_terminate_backend(pg_backend_pid())", Boolean.class)
                        .getSingleResult()));
        assertEquals(503, problem.problem().status());
        assertTrue(problem.problem().headers().containsKey("Retry-After"));
        assertEquals(1, snapshot.<Integer>ask(session -> session.createNativeQuery("select 1", Integer.class)
                .getSingleResult()));
    }
}
