package foldback.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.incident.Rule;
import foldback.testing.Await;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What every operation that can be asked as of an instant answers where too many streams have gone on since. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class TooMuchIT {
    private static final int MOST = 10_000;

    private final Rule rule = new Rule();

    @Inject
    DataSource database;

    @Test
    void everyQuestionOfThenNamesTheLimit() throws Exception {
        String then = Sql.now(database);
        alert(0, MOST);
        alert(MOST, MOST + 1);
        Await.until("all are recorded", Duration.ofSeconds(60), () -> recorded() == MOST + 1);
        Contract contract = Contract.served();
        Asked asked = new Asked(contract);
        List<String> refusing = contract.operations().stream()
                .filter(operation -> refusesTooMuch(contract.operation(operation)))
                .toList();
        assertEquals(12, refusing.size(), "lists and reports: " + refusing);
        for (String operation : refusing) {
            asked.ask(operation, Asked.path(operation, Asked.NOBODY) + "?asOf=" + then)
                    .then()
                    .statusCode(422)
                    .body("type", containsString("too-much-to-refold"))
                    .body("detail", containsString(String.valueOf(MOST)))
                    .body("errors.field", contains("asOf"));
        }
    }

    private static boolean refusesTooMuch(JsonNode operation) {
        return operation.at("/responses/422/$ref").asText().endsWith("/TooMuchToRefold");
    }

    private void alert(int from, int until) {
        String dimensions = IntStream.range(from, until)
                .mapToObj(n -> "{\"instanceId\":\"i-" + n + "\"}")
                .collect(Collectors.joining(","));
        given().contentType("application/json")
                .body("{\"ruleId\":\"" + rule.id
                        + "\",\"alertState\":\"ALERT\",\"timestamp\":1741054000,\"dimensions\":[" + dimensions + "]}")
                .post("/callbacks/local")
                .then()
                .statusCode(200);
    }

    private int recorded() throws Exception {
        return Integer.parseInt(Sql.rows(database, "select count(*) from streams where rule_id = '" + rule.id + "'")
                .get(0));
    }
}
