package foldback.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.incident.Rule;
import foldback.ledger.FeedPosition;
import foldback.testing.Await;
import foldback.testing.Following;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Who is cut off again and again while others write has in the end had every position of the table, once, in order. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class LiveResumeIT {
    private static final int WRITERS = 6;
    private static final int SIGNALS = 80;
    private static final Instant BEGINNING = Instant.parse("2025-03-04T00:00:00Z");

    @Inject
    DataSource database;

    @Test
    void resumesWithoutAGapOrARepeatWhileOthersWrite() throws Exception {
        Rule rule = new Rule();
        List<String> had = new ArrayList<>();
        List<Future<Void>> written = new ArrayList<>();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        String last = null;
        int cuts = 0;
        try (Following whole = Following.begin(RestAssured.port, "?ruleId=" + rule.id)) {
            last = whole.lastId();
            for (int writer = 0; writer < WRITERS; writer++) {
                String instance = "i-" + writer;
                written.add(writers.submit(() -> write(rule, instance)));
            }
            writers.shutdown();
            boolean writing = true;
            while (writing) {
                try (Following piece = behind(last, rule)) {
                    writing = !writers.awaitTermination(150, TimeUnit.MILLISECONDS);
                    last = take(piece, last, had);
                }
                cuts++;
            }
            for (Future<Void> writer : written) {
                writer.get();
            }
            List<String> stored = stored(rule);
            try (Following rest = behind(last, rule)) {
                int missing = stored.size() - had.size();
                Await.until(
                        "the last " + missing,
                        Duration.ofSeconds(20),
                        () -> rest.events().size() >= missing);
                take(rest, last, had);
            }
            assertEquals(stored, had, "pieced together from " + cuts + " connections");
            assertTrue(cuts > 5, "it was cut off: " + cuts);
            Await.until(
                    "all came over one connection too",
                    Duration.ofSeconds(20),
                    () -> whole.events().size() >= stored.size());
            assertEquals(
                    stored, whole.events().stream().map(Following.Event::id).toList());
        }
    }

    /** In turn an opening, a late signal in front of it, and a resolution. */
    private static Void write(Rule rule, String instance) {
        for (int i = 0; i < SIGNALS; i++) {
            Instant at = BEGINNING.plusSeconds(600L * i);
            switch (i % 4) {
                case 0 -> rule.alert(instance, at.toString());
                case 1 -> rule.alert(instance, at.minusSeconds(900).toString());
                case 2 -> rule.ok(instance, at.toString());
                default -> rule.ok(instance, at.minusSeconds(1500).toString(), "preTriggerLevel", "WARN");
            }
        }
        return null;
    }

    private static Following behind(String id, Rule rule) throws IOException {
        return Following.begin(RestAssured.port, "?ruleId=" + rule.id, "Last-Event-ID", id);
    }

    /** Takes what has come, and tells the id to go on from. */
    private static String take(Following piece, String before, List<String> had) {
        List<Following.Event> events = piece.events();
        events.forEach(event -> had.add(event.id()));
        return events.isEmpty() ? before : events.get(events.size() - 1).id();
    }

    private List<String> stored(Rule rule) throws SQLException {
        return Sql.rows(
                        database,
                        "select f.xid || ' ' || f.number from feed f join streams s on s.stream_id = f.stream_id where s.rule_id = '"
                                + rule.id + "' order by f.xid, f.number")
                .stream()
                .map(row -> row.split(" ", 2))
                .map(row -> new FeedPosition(Long.parseLong(row[0]), Long.parseLong(row[1])).text())
                .toList();
    }
}
