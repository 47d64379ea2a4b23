package foldback.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import foldback.testing.Await;
import foldback.testing.Concurrent;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What every operation answers while the database takes no connections is what the document says. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class UnavailableIT {
    private static final int AT_ONCE = 5;
    private static final String FULL = "alter database foldback connection limit 0";
    private static final String OPEN = "alter database foldback connection limit -1";
    private static final String CUT = """
            select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()
            """;

    @Inject
    DataSource database;

    @Test
    void everyQuestionAndActionIsToldToComeBack() throws Exception {
        Contract contract = Contract.served();
        Asked asked = new Asked(contract);
        List<String> operations = asked.needingTheDatabase();
        try (Connection last = database.getConnection();
                Statement statement = last.createStatement()) {
            statement.execute(FULL);
            try {
                statement.execute(CUT);
                Concurrent.run(AT_ONCE, first -> {
                    for (int n = first; n < operations.size(); n += AT_ONCE) {
                        isToldToComeBack(asked, operations.get(n));
                    }
                    return null;
                });
            } finally {
                statement.execute(OPEN);
            }
        }
        Await.until("callbacks are recorded again", Duration.ofSeconds(30), UnavailableIT::recorded);
    }

    private static void isToldToComeBack(Asked asked, String operation) {
        Response answer = asked.plainly(operation);
        assertEquals(503, answer.statusCode(), operation + ": " + answer.asString());
        assertEquals("urn:foldback:problem:unavailable", answer.path("type"), operation);
        assertNotNull(answer.header("Retry-After"), operation);
    }

    private static boolean recorded() {
        return given().contentType("text/plain")
                .body("ruleId=unavailable&alertState=OK&timestamp=1741064767")
                .post("/callbacks/local")
                .asString()
                .matches("\\{\"status\":\"(recorded|duplicate)\".*");
    }
}
