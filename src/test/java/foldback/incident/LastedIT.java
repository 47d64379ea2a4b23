package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lasted for an hour at most is found in another way than what was longer; nobody can tell. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class LastedIT {
    private final Rule rule = new Rule();

    @BeforeEach
    void send() {
        for (String instance : new String[] {"less", "hour", "more", "open"}) {
            rule.alert(instance, "2025-03-04T02:00:00Z");
        }
        rule.ok("less", "2025-03-04T02:59:59.999Z");
        rule.ok("hour", "2025-03-04T03:00:00Z");
        rule.ok("more", "2025-03-04T03:00:00.001Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "at=2025-03-04T01:59:59.999Z;",
                "at=2025-03-04T02:00:00Z; less hour more open",
                "at=2025-03-04T02:59:59.998Z; less hour more open",
                "at=2025-03-04T02:59:59.999Z; hour more open",
                "at=2025-03-04T03:00:00Z; more open",
                "at=2025-03-04T03:00:00.001Z; open",
                "time=overlaps&since=2025-03-04T01:00:00Z&until=2025-03-04T02:00:00Z;",
                "time=overlaps&since=2025-03-04T01:00:00Z&until=2025-03-04T02:00:00.001Z; less hour more open",
                "time=overlaps&since=2025-03-04T02:59:59.998Z&until=2025-03-04T04:00:00Z; less hour more open",
                "time=overlaps&since=2025-03-04T02:59:59.999Z&until=2025-03-04T04:00:00Z; hour more open",
                "time=overlaps&since=2025-03-04T03:00:00Z&until=2025-03-04T04:00:00Z; more open",
                "time=overlaps&since=2025-03-04T03:00:00.001Z&until=2025-03-04T04:00:00Z; open"
            })
    void isFoundToTheMillisecond(String query, String instances) {
        given().get("/api/incidents?ruleId=" + rule.id + "&" + query)
                .then()
                .statusCode(200)
                .body(
                        "items.dimensions.instanceId",
                        containsInAnyOrder(instances == null ? new String[0] : instances.split(" ")));
    }
}
