package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.PlainHttp;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walking through the pages of a list while callbacks come and go. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class IncidentWalkIT {
    private static final int STAY = 60;
    private static final int CHANGE = 20;
    private static final Instant BEGINNING = Instant.parse("2025-03-04T02:00:00Z");

    private final Rule rule = new Rule();
    private final AtomicInteger sent = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "openedAt, true",
        "-openedAt, true",
        "resolvedAt, false",
        "-resolvedAt, false",
        "-duration, false",
        "lastSignalAt, false",
        "-level, false"
    })
    void visitsEachOnce(String sort, boolean alsoWhatChanges) {
        List<String> stay = opened("stay-", STAY);
        List<String> change = opened("change-", CHANGE);
        AtomicBoolean walking = new AtomicBoolean(true);
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> {
            while (walking.get()) {
                disturb(sent.getAndIncrement());
            }
        });
        List<String> seen = walk(sort);
        walking.set(false);
        traffic.join();
        assertTrue(sent.get() > CHANGE, () -> "callbacks came meanwhile: " + sent);
        stay.forEach(id -> assertEquals(1, seen.stream().filter(id::equals).count(), id));
        if (alsoWhatChanges) {
            change.forEach(
                    id -> assertEquals(1, seen.stream().filter(id::equals).count(), id));
        }
    }

    private List<String> opened(String prefix, int incidents) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < incidents; i++) {
            ids.add(rule.alert(prefix + i, BEGINNING.plusSeconds(i / 3).toString(), "triggerLevel", "WARN"));
        }
        return ids;
    }

    /** Something new before and behind all that is there, another level of what was there, and its end. */
    private void disturb(int turn) {
        rule.alert(
                "new-" + turn,
                BEGINNING.plusSeconds(turn % 2 == 0 ? -9000 : 9000).toString());
        String changing = "change-" + turn % CHANGE;
        if (turn < CHANGE) {
            rule.alert(changing, BEGINNING.plusSeconds(600 + turn).toString(), "triggerLevel", "CRITICAL");
        } else {
            rule.ok(changing, BEGINNING.plusSeconds(1200 + turn).toString());
        }
    }

    /** Not before each of those that change has changed: a walk waits for traffic before each page. */
    private List<String> walk(String sort) {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 1; ; page++) {
            int before = 3 * page;
            Await.until("callbacks come", Duration.ofSeconds(60), () -> sent.get() > before);
            HttpResponse<String> answer =
                    PlainHttp.get("/api/incidents?limit=5&ruleId=" + rule.id + "&sort=" + sort + cursor);
            assertEquals(200, answer.statusCode(), answer::body);
            Json.items(answer.body()).forEach(incident -> seen.add((String) incident.get("id")));
            String next = Json.text(answer.body(), "/next");
            if (next == null) {
                return seen;
            }
            cursor = "&cursor=" + next;
        }
    }
}
