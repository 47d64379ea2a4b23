package foldback.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.listing.Parameters;
import foldback.report.FullReport;
import foldback.report.FullReports;
import foldback.report.NamedOutages;
import foldback.report.Question;
import foldback.testing.PostgresResource;
import foldback.web.Trend.Unit;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A page as it was looked at on paper and found good. Callbacks, database and template are those of life; only the clock stands, on the day
 * behind the window, so that open incidents are as old each time. The id of the rule and the fold version are masked: each run has its own.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportPageGoldenIT {
    private static final Path GOLDEN = Path.of("src/test/resources/web/resolution-time.html");
    private static final Path FOUND = Path.of("target/resolution-time.html");
    private static final Instant NOW = Instant.parse("2025-04-02T08:00:00Z");
    private static final List<String> LEVELS = List.of("INFO", "WARN", "CRITICAL");
    private static final List<String> NAMES = List.of(
            "Checkout latency p99 > 2 s",
            "Disk of the order database is 90 % full",
            "队列长度超过阈值",
            "<script>alert(1)</script>",
            "payments\u202Eexe");

    @Inject
    FullReports reports;

    /** Two months, the second a little better than the first, and nobody on two weekends. */
    private static NamedOutages outages() {
        NamedOutages outages = new NamedOutages();
        Random random = new Random(20250304);
        Instant at = Instant.parse("2025-01-29T00:00:00Z");
        for (int n = 0; n < 180; n++) {
            at = at.plusSeconds(random.nextInt(58_000));
            boolean march = !at.isBefore(Instant.parse("2025-03-01T00:00:00Z"));
            String name = NAMES.get(Math.min(random.nextInt(5), random.nextInt(5)));
            String level = LEVELS.get(random.nextInt(3));
            long seconds = (long) StrictMath.exp(random.nextGaussian() * 1.4 + (march ? 6.4 : 7.6));
            if (march && random.nextInt(14) == 0) {
                outages.open(name, level, at.toString());
            } else {
                outages.resolved(name, level, at.toString(), seconds);
            }
            if (n % 60 == 59) {
                at = at.plusSeconds(3 * 86_400);
            }
        }
        return outages;
    }

    @Test
    void itIsAsItWasFoundGood() throws IOException {
        NamedOutages outages = outages();
        outages.send();
        MultivaluedMap<String, String> asked = new MultivaluedHashMap<>();
        asked.putSingle("ruleId", outages.ruleId);
        asked.putSingle("since", "2025-02-28T16:00:00Z");
        asked.putSingle("until", "2025-03-31T16:00:00Z");
        asked.putSingle("tz", "Asia/Shanghai");
        asked.putSingle("groupBy", "alertName");
        asked.putSingle("target", "PT30M");
        asked.putSingle("compare", "previous");
        Question question = Question.of(new Parameters(asked), NOW);
        FullReport full = reports.ask(question, Unit.of(question.window()).key());
        String page = new String(ReportPages.bytes(ReportPages.page(question, full)), StandardCharsets.UTF_8)
                .replace(outages.ruleId, "RULE")
                .replaceFirst("(?<=<dt>Fold version</dt><dd>)[0-9]+", "1");
        Files.writeString(FOUND, page);
        assertEquals(
                Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "",
                page,
                "The page has changed. Print " + FOUND + ", look at it, and keep it as " + GOLDEN);
    }
}
