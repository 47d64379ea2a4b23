package foldback.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The incidents behind a report are those that it counts. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportRowsIT {
    private static final String REPORT = "/api/reports/resolution-time";
    private static final String PATH = REPORT + "/incidents";

    private final Rule rule = new Rule();

    private static byte[] bytes(String path) {
        return Answers.to(path).asByteArray();
    }

    private static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    @Test
    void instantsAreInUtcAndInTheZone() {
        rule.alert("a", "2025-03-30T00:59:00Z");
        rule.ok("a", "2025-03-30T01:00:00.5Z");
        String asked = "?tz=Europe/Berlin&since=2025-03-01T00:00:00Z&ruleId=" + rule.id;
        JsonNode row = Outages.read(PATH + asked).at("/items/0");
        assertEquals("2025-03-30T00:59:00Z", row.get("openedAt").asText());
        assertEquals("2025-03-30T01:59:00+01:00", row.get("openedAtLocal").asText());
        assertEquals("2025-03-30T03:00:00.5+02:00", row.get("resolvedAtLocal").asText());
        assertEquals(true, row.get("acknowledgedAtLocal").isNull());
        assertThat(text(PATH + ".ndjson" + asked), equalTo(row + "\n"));
        String csv = text(PATH + ".csv" + asked);
        assertThat(
                csv.lines().findFirst().orElseThrow(),
                endsWith(",noteCount,openedAtLocal,resolvedAtLocal,resolvedEarliestLocal,lastSignalAtLocal,"
                        + "firstReceivedAtLocal,acknowledgedAtLocal"));
        assertEquals("\uFEFFid,status", csv.substring(0, 10));
        assertEquals(2, csv.lines().count());
    }

    @Test
    void theyAreThoseOfTheCohortAndTheWindow() {
        rule.alert("before", "2025-02-01T00:00:00Z");
        rule.ok("before", "2025-03-02T00:00:00Z");
        rule.alert("within", "2025-03-03T00:00:00Z");
        rule.alert("after", "2025-04-03T00:00:00Z");
        for (List<String> cohort : List.of(
                List.of("opened", "within"), List.of("resolved", "before"), List.of("overlaps", "within", "before"))) {
            String asked = "?cohort=" + cohort.get(0) + "&since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z&ruleId="
                    + rule.id;
            List<String> found = new ArrayList<>();
            Outages.read(PATH + asked)
                    .get("items")
                    .forEach(row -> found.add(row.at("/dimensions/instanceId").asText()));
            assertEquals(cohort.subList(1, cohort.size()), found);
            assertEquals(
                    found.size(),
                    Outages.read(REPORT + asked).at("/header/incidents").asInt());
            assertEquals(found.size(), text(PATH + ".ndjson" + asked).lines().count());
        }
    }

    @Test
    void pagesOfTheLastThirtyDaysFollowEachOther() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int n = 1; n <= 3; n++) {
            rule.alert("i-" + n, now.minus(Duration.ofDays(n)).toString());
        }
        List<String> found = new ArrayList<>();
        String first = PATH + "?limit=1&ruleId=" + rule.id;
        String cursor = "";
        while (cursor != null) {
            JsonNode page = Outages.read(first + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            found.add(page.at("/items/0/dimensions/instanceId").asText());
            cursor = page.get("next").textValue();
        }
        assertEquals(List.of("i-1", "i-2", "i-3"), found);
    }

    @Test
    void asOfAnInstantTheFileStaysAsItWas() {
        String opened = rule.alert("a", "2025-03-04T02:00:00Z");
        String then = given().get("/api/events/" + opened).path("recordedAt");
        String asked = ".csv?since=2025-03-01T00:00:00Z&ruleId=" + rule.id + "&asOf=" + then;
        byte[] before = bytes(PATH + asked);
        rule.ok("a", "2025-03-04T03:00:00Z");
        assertArrayEquals(before, bytes(PATH + asked));
    }

    @Test
    void whatBelongsToPagesOrGroupsIsRefused() {
        for (String parameter : new String[] {"limit=1", "groupBy=level", "compare=previous"}) {
            given().get(PATH + ".csv?" + parameter)
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem(parameter.substring(0, parameter.indexOf('='))));
        }
    }
}
