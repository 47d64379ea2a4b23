package foldback.openapi;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every operation answers where something is broken that nobody foresaw, here a database whose tables are elsewhere. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class BrokenIT {
    @Inject
    DataSource database;

    @BeforeEach
    void hideTheTables() throws SQLException {
        Sql.execute(database, "alter schema public rename to hidden");
    }

    @AfterEach
    void bringThemBack() throws SQLException {
        Sql.execute(database, "alter schema hidden rename to public");
    }

    @Test
    void everyQuestionAndActionSaysSoAndTellsNothingOfIt() throws IOException {
        Asked asked = new Asked(Contract.served());
        for (String operation : asked.needingTheDatabase()) {
            Response answer = asked.plainly(operation);
            assertEquals(500, answer.statusCode(), operation + ": " + answer.asString());
            answer.then()
                    .body("type", equalTo("urn:foldback:problem:internal"))
                    .body("instance", matchesPattern("urn:uuid:[0-9a-f-]{36}"))
                    .body("detail", not(containsString("relation")));
        }
    }
}
