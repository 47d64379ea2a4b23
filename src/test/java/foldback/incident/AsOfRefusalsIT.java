package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.listing.Parameters;
import foldback.listing.Snapshot;
import foldback.problem.ProblemException;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be asked as of an instant, and what was not there by then. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AsOfRefusalsIT {
    private final Rule rule = new Rule();

    @Inject
    DataSource database;

    @Inject
    Snapshot snapshot;

    @Inject
    Clock clock;

    @Inject
    IncidentConfig config;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asOf=yesterday",
                "asOf=2025-03-04T00:00:00",
                "asOf=",
                "asOf=9999-12-31T00:00:00Z",
                "asOf=2025-03-04T00:00:00Z&asOf=2025-03-05T00:00:00Z"
            })
    void whatIsNoInstantOfThePast(String query) {
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        for (String path : new String[] {
            "/api/incidents", "/api/incidents/" + id, "/api/streams/" + rule.stream("i-1") + "/incidents"
        }) {
            given().get(path + "?" + query).then().statusCode(400).body("errors.field", contains("asOf"));
        }
    }

    @Test
    void whatWasNotThereThen() throws SQLException {
        String before = now();
        String stray = rule.ok("i-1", "2025-03-04T01:00:00Z");
        String id = rule.alert("i-1", "2025-03-04T02:00:00Z");
        String opened = now();
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        one(id, before).statusCode(404).body("type", containsString("unknown-id"));
        one(stray, opened).statusCode(404);
        one("0198c0de-0000-7000-8000-000000000000", opened).statusCode(404);
        one(id, opened).statusCode(200).body("status", equalTo("open"));
        list(before, "").body("items", hasSize(0)).body("count", equalTo(0));
        list(opened, "").body("items", hasSize(1)).body("count", equalTo(1));
        // It holds an instant to the microsecond: what was recorded at it was recorded by it.
        String recorded = Sql.rows(
                        database,
                        "select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from events where id = '"
                                + id + "'")
                .get(0);
        one(id, recorded).statusCode(200);
        one(id, Instant.parse(recorded).minusNanos(1000).toString()).statusCode(404);
    }

    @Test
    void aStreamListsItsOwnAsOfThen() throws SQLException {
        rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.alert("i-2", "2025-03-04T02:00:00Z");
        String then = now();
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        rule.alert("i-1", "2025-03-04T02:20:00Z");
        given().get("/api/streams/" + rule.stream("i-1") + "/incidents?count=exact&asOf=" + then)
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("items.status", contains("open"))
                .body("items.dimensions.instanceId", contains("i-1"));
    }

    @Test
    void aCursorBelongsToItsInstant() throws SQLException {
        rule.alert("i-1", "2025-03-04T02:00:00Z");
        rule.alert("i-2", "2025-03-04T02:00:00Z");
        String then = now();
        rule.ok("i-1", "2025-03-04T02:10:00Z");
        String cursor = list(then, "&limit=1").extract().path("next");
        list(then, "&limit=1&cursor=" + cursor).body("items", hasSize(1));
        for (String other : new String[] {"", "&asOf=" + now()}) {
            given().get("/api/incidents?ruleId=" + rule.id + "&cursor=" + cursor + other)
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("cursor"));
        }
    }

    @Test
    void moreStreamsThanAreFoldedAgain() throws SQLException {
        for (int i = 1; i <= 4; i++) {
            rule.alert("i-" + i, "2025-03-04T02:00:00Z");
        }
        String then = now();
        for (int i = 1; i <= 3; i++) {
            rule.ok("i-" + i, "2025-03-04T02:10:00Z");
        }
        assertEquals(4, page(3, "asOf", then).items().size(), "three are as many as may be");
        ProblemException refused = assertThrows(ProblemException.class, () -> page(2, "asOf", then));
        assertEquals(422, refused.problem().status());
        assertEquals("asOf", refused.problem().errors().get(0).field());
        String message = refused.problem().errors().get(0).message();
        assertTrue(message.contains("more than 2 have recorded something since"), message);
        assertEquals(
                1,
                page(2, "asOf", then, "dimensions.instanceId", "i-2").items().size(),
                "streams that cannot match do not count");
        assertEquals(
                3,
                page(2, "asOf", then, "dimensions.instanceId!", "i-2").items().size(),
                "nor those that are excluded");
    }

    private foldback.listing.Page<IncidentView> page(int mostRefolded, String... namesAndValues) {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        values.add("ruleId", rule.id);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new IncidentList(snapshot, clock, config, new AsOfList(config, mostRefolded))
                .page(new Parameters(values), null);
    }

    private static ValidatableResponse one(String id, String asOf) {
        return given().get("/api/incidents/" + id + "?asOf=" + asOf).then();
    }

    private ValidatableResponse list(String asOf, String more) {
        return given().get("/api/incidents?count=exact&ruleId=" + rule.id + "&asOf=" + asOf + more)
                .then()
                .statusCode(200);
    }

    private String now() throws SQLException {
        return Sql.now(database);
    }
}
