package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.incident.RecordedHistory.Moment;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As of an instant the service answers what it really answered then. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AsOfIT {
    @Inject
    DataSource database;

    static Stream<Named<List<String>>> histories() {
        Stream<Named<List<String>>> told = Stream.of(
                Named.of(
                        "a late OK parts an incident, so that the second half has an id of its own",
                        List.of(
                                "alert web 10 WARN",
                                "alert web 30 CRITICAL",
                                "acknowledge 2",
                                "ok web 20",
                                "ok web 40")),
                Named.of(
                        "a late ALERT gives its id to an incident that was known by its OK only",
                        List.of("ok web 33 WARN", "notes 1", "alert web 28 INFO", "acknowledge 1")),
                Named.of(
                        "a late OK leaves a resolution by hand without effect, and a reminder opens another",
                        List.of("alert web 10 WARN", "resolve 1", "alert web 70 WARN", "ok web 15", "ok web 80")),
                Named.of(
                        "an acknowledgement is taken back and given again",
                        List.of("alert web 10", "acknowledge 1", "unacknowledge 1", "notes 1", "acknowledge 1")),
                Named.of(
                        "data is missing, comes back late, and is missing while it is asked",
                        List.of("alert web 10", "nodata web 20", "alert web 25", "nodata web 40", "ok web 22")),
                Named.of(
                        "streams that say nothing more stand beside some that do",
                        List.of(
                                "alert db 1 WARN",
                                "alert 队列 2",
                                "ok db 9",
                                "alert web 4",
                                "ok web 12",
                                "alert web 20")));
        Stream<Named<List<String>>> random = IntStream.rangeClosed(1, 2)
                .mapToObj(seed -> Named.of("seed " + seed, RecordedHistory.random(seed, 18)));
        return Stream.concat(told, random);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void everyAnswerCanBeHadAgain(List<String> steps) throws SQLException {
        // Minute 60 lies 30 days ago, where incidents begin to count as recent.
        RecordedHistory history =
                new RecordedHistory(Instant.now().minus(Duration.ofDays(30)).minus(Duration.ofMinutes(60)));
        List<Moment> moments = new ArrayList<>();
        for (String step : steps) {
            history.record(step);
            moments.add(history.moment(now(), false));
        }
        for (int n = 0; n < moments.size(); n++) {
            Moment then = moments.get(n);
            Moment again = history.moment(then.asOf(), true);
            String at = "after step " + (n + 1) + " of " + steps + ": ";
            assertEquals(
                    then.incidents().stream().map(one -> asOf(one, then)).toList(),
                    again.incidents().stream().map(one -> numbers(one)).toList(),
                    at + "the list");
            then.details()
                    .forEach((id, detail) -> assertEquals(
                            asOf(detail, then), numbers(again.details().get(id)), at + id));
            then.leadTo().forEach((event, place) -> {
                String led = again.leadTo().get(event);
                assertTrue(led == null || led.equals(place), () -> at + event + " led to " + place + ", not " + led);
            });
            assertEquals(then.lists(), again.lists(), at + "filtered and sorted");
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void pagesOfFormerTimesAreWalkedAsTheListIs(List<String> steps) throws SQLException {
        RecordedHistory history = new RecordedHistory(Instant.parse("2025-03-04T00:00:00Z"));
        List<String> instants = new ArrayList<>();
        for (String step : steps) {
            history.record(step);
            instants.add(now());
        }
        for (String sort : List.of("openedAt", "-resolvedAt", "resolvedAt", "duration", "-lastSignalAt", "peakLevel")) {
            String asOf = instants.get(instants.size() * 2 / 3);
            String query = "sort=" + sort + "&asOf=" + asOf;
            List<Object> whole = history.ids("limit=1000&" + query);
            for (int limit = 1; limit <= 3; limit++) {
                assertEquals(whole, walked(history, query + "&limit=" + limit + "&count=exact", whole.size()), query);
            }
        }
    }

    private static List<Object> walked(RecordedHistory history, String query, int count) {
        List<Object> ids = new ArrayList<>();
        Object next = "";
        while (next != null) {
            Map<String, Object> page = history.page(query + (next.equals("") ? "" : "&cursor=" + next));
            assertEquals(count, page.get("count"), query);
            ((List<?>) page.get("items")).forEach(item -> ids.add(((Map<?, ?>) item).get("id")));
            next = page.get("next");
        }
        return ids;
    }

    /** The incident as it was answered, with what ran to the moment of the answer taken at the instant. */
    private static Map<String, Object> asOf(Map<String, Object> incident, Moment moment) {
        Map<String, Object> expected = numbers(incident);
        if (incident.get("status").equals("open")) {
            Instant asOf = Instant.parse(moment.asOf());
            BigDecimal lasted = Seconds.between(Instant.parse((String) incident.get("openedAt")), asOf);
            BigDecimal later = ((BigDecimal) expected.get("durationSeconds")).subtract(lasted);
            expected.put("durationSeconds", lasted.stripTrailingZeros());
            if (incident.get("signal").equals("INSUFFICIENT_DATA")) {
                BigDecimal unobserved = (BigDecimal) expected.get("unobservedSeconds");
                expected.put("unobservedSeconds", unobserved.subtract(later).stripTrailingZeros());
            }
        }
        return expected;
    }

    private static Map<String, Object> numbers(Map<String, Object> incident) {
        Map<String, Object> exact = new TreeMap<>(incident);
        exact.replaceAll((field, value) -> value instanceof Number ? Json.number(value) : value);
        return exact;
    }

    private String now() throws SQLException {
        return Sql.now(database);
    }
}
