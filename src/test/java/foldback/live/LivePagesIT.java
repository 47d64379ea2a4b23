package foldback.live;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.ledger.FeedPosition;
import foldback.testing.Await;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A page of the feed is bounded by what it weighs: each change of an incident carries all of its text. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class LivePagesIT {
    private static final int CHANGES = 60;
    private static final int LARGEST = 8 << 20;

    @Inject
    LivePages pages;

    private final String rule = "live-pages-" + UUID.randomUUID();

    @Test
    void manyChangesOfOneIncidentWithMuchTextAreSeveralPages() {
        FeedPosition start = pages.bounds().now();
        String labels =
                IntStream.range(0, 15_000).mapToObj(n -> "l" + n + "=1").collect(Collectors.joining(", ", "{", "}"));
        for (int n = 0; n < CHANGES; n++) {
            given().formParam("ruleId", rule)
                    .formParam("alertState", "ALERT")
                    .formParam("timestamp", 1_741_054_000 + n)
                    .formParam("customLabels", labels)
                    .post("/callbacks/local")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("recorded"));
        }
        Await.until("nothing is held back", Duration.ofSeconds(10), () -> reached(start) == CHANGES);
        assertTrue(pages.read(start).events().size() < CHANGES, "in one page");
    }

    /** How many changes there are from the start on, read a page at a time. */
    private int reached(FeedPosition start) {
        FeedPosition place = start;
        int reached = 0;
        LivePage page;
        do {
            page = pages.read(place);
            int bytes = page.events().stream()
                    .mapToInt(event -> event.text().length)
                    .sum();
            int last = page.events().isEmpty()
                    ? 0
                    : page.events().get(page.events().size() - 1).text().length;
            assertTrue(bytes - last < LARGEST, bytes + " bytes");
            reached += page.events().size();
            place = page.end();
        } while (page.more());
        return reached;
    }
}
