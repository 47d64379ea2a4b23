package foldback.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.listing.Parameters;
import foldback.report.Question;
import foldback.report.ReportRow;
import foldback.web.Trend.Span;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trend has each day, week or month of its window, and nothing that was not. */
class TrendTest {
    private static final Instant LONG_AFTER = Instant.parse("2030-01-01T00:00:00Z");

    private static Question question(String since, String until, String tz, Instant now) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.putSingle("since", since);
        parameters.putSingle("until", until);
        parameters.putSingle("tz", tz);
        return Question.of(new Parameters(parameters), now);
    }

    private static ReportRow row(String key, String value, long resolved, String median) {
        BigDecimal seconds = median == null ? null : new BigDecimal(median);
        return new ReportRow(
                Map.of(key, value),
                resolved + 1,
                resolved,
                1,
                null,
                0,
                null,
                null,
                seconds,
                null,
                seconds,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-04T10:00:00Z, 2025-03-04T11:00:00Z, UTC, 1, 2025-03-04, 2025-03-04",
        "2025-03-04T10:00:00Z, 2025-03-04T20:00:00Z, Asia/Shanghai, 2, 2025-03-04, 2025-03-05",
        "2025-03-29T23:00:00Z, 2025-03-31T22:00:00Z, Europe/Berlin, 2, 2025-03-30, 2025-03-31",
        "2025-01-01T00:00:00Z, 2025-03-04T00:00:00Z, UTC, 62, 2025-01-01, 2025-03-03",
        "2024-12-29T00:00:00Z, 2025-03-06T00:00:00Z, UTC, 11, 2024-W52, 2025-W10",
        "2020-12-28T00:00:00Z, 2021-03-06T00:00:00Z, UTC, 10, 2020-W53, 2021-W09",
        "2023-12-01T00:00:00Z, 2025-03-01T00:00:00Z, UTC, 15, 2023-12, 2025-02"
    })
    void itsUnitFitsTheWindowAndItsZone(String since, String until, String tz, int spans, String first, String last) {
        List<Span> all =
                Trend.of(question(since, until, tz, LONG_AFTER), List.of()).spans();
        assertEquals(spans, all.size());
        assertEquals(first, all.get(0).key());
        assertEquals(last, all.get(spans - 1).key());
    }

    @Test
    void whatHasNotBegunIsNotZero() {
        Trend trend = Trend.of(
                question("2025-03-01T00:00:00Z", "2025-04-01T00:00:00Z", "UTC", Instant.parse("2025-03-03T08:00:00Z")),
                List.of());
        assertEquals(3, trend.spans().size());
        assertTrue(trend.summary().contains("cut"), trend.summary());
    }

    @Test
    void daysWithoutAResolutionAreGapsAndWhatIsOlderIsSaid() {
        Trend trend = Trend.of(
                question("2025-03-01T00:00:00Z", "2025-03-08T00:00:00Z", "UTC", LONG_AFTER),
                List.of(
                        row("day", "2025-02-20", 5, "60"),
                        row("day", "2025-03-01", 3, "60"),
                        row("day", "2025-03-02", 3, "70"),
                        row("day", "2025-03-04", 0, null),
                        row("day", "2025-03-06", 1, "600")));
        TrendChart chart = TrendChart.of(trend);
        assertEquals(3, chart.median().dots().size());
        assertTrue(
                chart.median().path().matches("M\\S+ \\S+L\\S+ [^ML]+M\\S+ \\S+"),
                chart.median().path());
        assertEquals(7, chart.bars().size());
        assertEquals("2025-03-04: 0 resolved, 1 open", chart.bars().get(3).label());
        assertEquals("2025-03-05: 0 resolved, 0 open", chart.bars().get(4).label());
        assertEquals(" Not shown: 6 opened before the window.", trend.summary());
    }
}
