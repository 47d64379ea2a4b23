package foldback.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.ledger.Sha256;
import foldback.report.Answers;
import foldback.report.NamedOutages;
import foldback.report.Outages;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The page says what the report says. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportPageIT {
    private static final String PATH = "/api/reports/resolution-time";
    private static final String MARCH = "&since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z";

    @Inject
    DataSource database;

    private static Document page(String query) {
        return Jsoup.parse(new String(Answers.to(PATH + ".html" + query).asByteArray(), StandardCharsets.UTF_8));
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private String now() throws SQLException {
        return Sql.rows(database, "select to_json(clock_timestamp() at time zone 'UTC') #>> '{}'")
                        .get(0) + "Z";
    }

    @Test
    void itsValuesAreThoseOfTheReportsOfTheSameAsOf() throws SQLException {
        Outages outages = new Outages(20250304);
        outages.send(60);
        String asked = "?userId=" + outages.userId + "&asOf=" + now()
                + "&since=2024-01-01T00:00:00Z&until=2025-01-15T00:00:00Z&tz=Europe/Berlin";
        // Streams that have recorded something since are folded again.
        outages.send(40);
        String more = "&target=PT5M&compare=previous";
        Document page = page(asked + more + "&groupBy=alertName,level");
        JsonNode report = Outages.read(PATH + asked + more + "&groupBy=alertName,level");
        assertTrue(
                report.at("/header/open").asLong() > 0
                        && report.at("/header/rows").asInt() > 5,
                report.at("/header").toString());
        facts(report.get("header"), page);
        rows(report.get("rows"), page);
        List<String> columns = page.select("thead th[data-column]").eachAttr("data-column");
        assertTrue(columns.containsAll(List.of("withinTargetShare", "change")), columns.toString());
        figures(Outages.read(PATH + asked + more).at("/rows/0"), page);
        JsonNode distribution = Outages.read("/api/reports/distribution" + asked);
        distribution(distribution, page);
        JsonNode weeks = Outages.read(PATH + asked + "&groupBy=week").get("rows");
        trend(weeks, page);
        for (String keys : new String[] {"", "&groupBy=week", "&groupBy=week,level", "&groupBy=level,week"}) {
            Document other = page(asked + keys);
            distribution(distribution, other);
            trend(weeks, other);
            rows(Outages.read(PATH + asked + keys).get("rows"), other);
        }
    }

    private static void facts(JsonNode header, Document page) {
        String facts = page.select("header .facts").text();
        for (String fact : new String[] {"since", "until", "asOf", "tz", "cohort", "foldVersion", "rows", "sha256"}) {
            assertTrue(facts.contains(header.get(fact).asText()), fact + " is not in: " + facts);
        }
        assertTrue(facts.contains("userId is " + header.at("/filter/userId/0").asText()), facts);
    }

    private static void rows(JsonNode rows, Document page) {
        List<String> columns = page.select("thead th[data-column]").eachAttr("data-column");
        List<Element> lines = page.select("tbody tr");
        assertEquals(rows.size(), lines.size());
        for (int n = 0; n < lines.size(); n++) {
            JsonNode row = rows.get(n);
            assertEquals(
                    each(row.get("group")).map(value -> value.asText("none")).toList(),
                    row.get("group").isEmpty()
                            ? List.of()
                            : lines.get(n).select("th").eachText());
            for (int at = 0; at < columns.size(); at++) {
                Element cell = lines.get(n).select("td").get(at);
                boolean change = columns.get(at).equals("change");
                same(change ? row.at("/change/ttrMedianSeconds") : row.get(columns.get(at)), cell);
                if (change) {
                    assertEquals(
                            row.at("/change/verdict").asText(),
                            cell.select("small").text());
                }
            }
        }
    }

    private static void same(JsonNode expected, Element cell) {
        Element data = cell.selectFirst("data");
        if (expected.isNull()) {
            assertNull(data, cell.outerHtml());
        } else {
            assertEquals(0, expected.decimalValue().compareTo(new BigDecimal(data.val())), expected + cell.outerHtml());
        }
    }

    private static void figures(JsonNode total, Document page) {
        List<Element> figures = page.select("header .figures .value");
        List<JsonNode> expected = Stream.of(
                        "/incidents",
                        "/open",
                        "/ttrMedianSurvivalSeconds",
                        "/ttrP90Seconds",
                        "/withinTargetShare",
                        "/change/ttrMedianSeconds",
                        "/acknowledged")
                .map(total::at)
                .toList();
        assertEquals(expected.size(), figures.size());
        for (int at = 0; at < expected.size(); at++) {
            same(expected.get(at), figures.get(at));
        }
        assertEquals(total.at("/change/verdict").asText(), figures.get(5).text());
    }

    private static void distribution(JsonNode distribution, Document page) {
        assertTrue(page.select(".facts")
                .text()
                .contains(distribution.at("/header/sha256").asText()));
        List<String> buckets = each(distribution.get("buckets"))
                .map(bucket -> "%s to %s: %s resolved, %s open"
                        .formatted(
                                plain(InWords.border(bucket.get("fromSeconds").asLong())),
                                plain(InWords.border(bucket.get("toSeconds").asLong())),
                                bucket.get("count").asText(),
                                bucket.get("open").asText()))
                .toList();
        List<String> bars = page.select("section[aria-labelledby=distribution] .chart g title")
                .eachText();
        assertEquals(buckets.subList(buckets.size() - bars.size(), buckets.size()), bars);
        buckets.subList(0, buckets.size() - bars.size())
                .forEach(left -> assertTrue(left.endsWith(": 0 resolved, 0 open"), left));
        String curve = page.select("section[aria-labelledby=survival] .chart path.curve")
                .attr("d");
        assertEquals(
                distribution.get("survival").size(),
                curve.chars().filter(c -> c == 'V').count());
    }

    private static void trend(JsonNode weeks, Document page) {
        Element chart = page.selectFirst("section[aria-labelledby=trend] .chart");
        assertEquals(
                said(weeks, "median", "ttrMedianSeconds"),
                chart.select("circle > title").eachText());
        assertEquals(
                said(weeks, "90 % within", "ttrP90Seconds"),
                chart.select("rect > title").eachText());
        List<String> counts = each(weeks)
                .map(week -> "%s: %s resolved, %s open"
                        .formatted(week.at("/group/week").asText(), week.get("resolved"), week.get("open")))
                .toList();
        List<String> bars = chart.select("g > title").eachText();
        assertEquals(55, bars.size());
        assertEquals(
                counts,
                bars.stream()
                        .filter(bar -> !bar.endsWith(": 0 resolved, 0 open"))
                        .toList());
    }

    /** Of the weeks in which something was resolved. */
    private static List<String> said(JsonNode weeks, String what, String column) {
        return each(weeks)
                .filter(week -> !week.get(column).isNull())
                .map(week -> "%s: %s %s"
                        .formatted(
                                week.at("/group/week").asText(),
                                what,
                                plain(InWords.duration(week.get(column).decimalValue()))))
                .toList();
    }

    /** As jsoup gives a text. */
    private static String plain(String text) {
        return text.replace('\u00A0', ' ');
    }

    @Test
    void theSameAsOfGivesTheSameBytesAndTheFactsOfTheCsv() throws SQLException {
        NamedOutages outages = new NamedOutages();
        outages.resolved("disk", "WARN", "2025-03-04T02:00:00Z", 60)
                .open("disk", "WARN", "2025-03-05T02:00:00Z")
                .send();
        String asked = "?ruleId=" + outages.ruleId + "&groupBy=level&tz=Asia/Shanghai&since=2025-03-01T00:00:00Z&asOf="
                + now();
        Response page = Answers.to(PATH + ".html" + asked);
        outages.resolved("disk", "WARN", "2025-03-06T02:00:00Z", 10).send();
        Response again = Answers.to(PATH + ".html" + asked);
        assertArrayEquals(page.asByteArray(), again.asByteArray());
        Response csv = Answers.to(PATH + ".csv" + asked);
        assertEquals(foldbackHeaders(csv), foldbackHeaders(page));
        assertTrue(
                foldbackHeaders(page).contains("Foldback-Open: 1"),
                page.headers().toString());
        String digest = Base64.getEncoder().encodeToString(Sha256.of(page.asByteArray()));
        assertEquals("sha-256=:" + digest + ":", page.header("Repr-Digest"));
        String made = page.header("Foldback-Made-At");
        assertTrue(!page.asString().contains(made), made);
    }

    private static List<String> foldbackHeaders(Response answer) {
        return answer.headers().asList().stream()
                .filter(header -> header.getName().startsWith("Foldback-")
                        && !header.getName().equals("Foldback-Made-At"))
                .map(Header::toString)
                .map(text -> text.replace("=", ": "))
                .toList();
    }

    @Test
    void nothingIsAPageThatSaysSo() {
        String nobody = "?ruleId=" + new NamedOutages().ruleId + MARCH;
        Document all = page(nobody);
        assertEquals("There is no such incident.", all.select(".notice strong").text());
        assertEquals(List.of("0", "0"), all.select(".figures .value").eachText().subList(0, 2));
        assertEquals(List.of("All"), all.select("tbody th").eachText());
        assertEquals(0, all.select("svg").size());
        JsonNode header = Outages.read(PATH + nobody + "&groupBy=level").get("header");
        Document grouped = page(nobody + "&groupBy=level");
        assertEquals(0, grouped.select("tbody tr").size());
        assertEquals("No rows.", grouped.select("caption").text());
        assertTrue(grouped.select(".facts").text().contains(header.get("sha256").asText()));
    }

    @Test
    void aReportOfMoreRowsThanOneScreenHasAllOfThem() {
        NamedOutages outages = new NamedOutages();
        IntStream.range(0, 300).forEach(n -> outages.resolved("alert " + n, "WARN", "2025-03-04T02:00:00Z", 60 + n));
        outages.send();
        List<String> names = new ArrayList<>(page("?ruleId=" + outages.ruleId + MARCH + "&groupBy=alertName")
                .select("tbody th")
                .eachText());
        assertEquals(300, names.stream().distinct().count());
    }
}
