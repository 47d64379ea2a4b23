package foldback.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import foldback.export.Varied;
import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The incidents behind a report as a workbook are those of the other files, field by field. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportRowsXlsxIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/reports/resolution-time/incidents";
    private static final String ZONE = "Europe/Berlin";
    private static final String ASKED = "?since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z&tz=" + ZONE;
    private static final String ROWS = "Incidents";

    private static OpenedBook opened(String asked) throws IOException {
        return new OpenedBook(Answers.to(PATH + ".xlsx" + asked).asByteArray());
    }

    /** What runs with the clock is the same as of an instant. */
    private static String varied() {
        Rule rule = Varied.sent();
        String then = Answers.to("/api/events?limit=1").path("items[0].recordedAt");
        return ASKED + "&ruleId=" + rule.id + "&asOf=" + then;
    }

    private static List<JsonNode> ndjson(String asked) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Answers.to(PATH + ".ndjson" + asked).asString().split("\n", -1)) {
            if (!line.isEmpty()) {
                rows.add(JSON.readTree(line));
            }
        }
        return rows;
    }

    @Test
    void everyRowIsThatOfTheOtherFiles() throws IOException {
        String asked = varied() + "&sort=openedAt";
        List<JsonNode> expected = ndjson(asked);
        OpenedBook book = opened(asked);
        assertEquals(List.of("Summary", ROWS), book.sheets());
        List<Map<String, @Nullable Object>> rows = book.rows(ROWS);
        assertEquals(Varied.INCIDENTS, rows.size());
        assertEquals(expected.size(), rows.size());
        for (int n = 0; n < rows.size(); n++) {
            same(expected.get(n), rows.get(n), "row " + n);
        }
    }

    /** The columns in the order of the fields; a column of times says in which zone they are. */
    private static void same(JsonNode row, Map<String, @Nullable Object> cells, String what) throws IOException {
        Map<String, @Nullable Object> left = new LinkedHashMap<>(cells);
        List<String> columns = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            String name = field.getKey();
            String in = cells.containsKey(name + " (UTC)") ? " (UTC)" : name.endsWith("Local") ? " (" + ZONE + ")" : "";
            columns.add(name + in);
            Object cell = left.remove(name + in);
            if (name.endsWith("Local") && cell != null) {
                assertEquals(
                        OffsetDateTime.parse(field.getValue().asText()).toLocalDateTime(), cell, what + ", " + name);
            } else {
                assertEquals(in.equals(" (UTC)") && cell != null, cell instanceof LocalDateTime, what + ", " + name);
                OpenedBook.same(field.getValue(), cell, what + ", " + name);
            }
        }
        assertEquals(List.copyOf(cells.keySet()), columns);
        assertEquals(Map.of(), left);
    }

    @Test
    void itSaysWhatItIsAbout() throws IOException {
        String asked = varied() + "&level!=INFO&ruleId=nobody";
        Response answer = Answers.to(PATH + ".xlsx" + asked);
        Map<String, @Nullable Object> facts = new OpenedBook(answer.asByteArray()).pairs("Summary");
        assertEquals(
                List.of(
                        "fact",
                        "since (UTC)",
                        "sinceLocal (" + ZONE + ")",
                        "until (UTC)",
                        "untilLocal (" + ZONE + ")",
                        "asOf (UTC)",
                        "asOfLocal (" + ZONE + ")",
                        "cohort",
                        "tz",
                        "filter level!",
                        "filter ruleId",
                        "foldVersion",
                        "rows",
                        "cutTexts"),
                List.copyOf(facts.keySet()));
        assertEquals(LocalDateTime.parse("2025-03-01T01:00"), facts.get("sinceLocal (" + ZONE + ")"));
        assertEquals(LocalDateTime.parse("2025-04-01T02:00"), facts.get("untilLocal (" + ZONE + ")"));
        assertEquals("INFO", facts.get("filter level!"));
        assertEquals("[\"" + Varied.sent().id + "\",\"nobody\"]", facts.get("filter ruleId"));
        assertEquals(Varied.INCIDENTS - 1.0, facts.get("rows"));
        for (String form : List.of(".csv", ".ndjson", ".xlsx")) {
            Response file = Answers.to(PATH + form + asked);
            file.then()
                    .header("Content-Disposition", matchesPattern(".*foldback-report-incidents-.*\\" + form + "\""))
                    .header("Foldback-Since", "2025-03-01T00:00:00Z")
                    .header("Foldback-Until", "2025-04-01T00:00:00Z")
                    .header("Foldback-Cohort", "opened")
                    .header("Foldback-Tz", ZONE)
                    .header("Foldback-Fold-Version", matchesPattern("\\d+"));
            assertTrue(asked.endsWith(file.header("Foldback-As-Of") + "&level!=INFO&ruleId=nobody"), asked);
            assertEquals("level%21=INFO&ruleId=" + Varied.sent().id + "&ruleId=nobody", file.header("Foldback-Filter"));
        }
    }

    @Test
    void theSameAsOfGivesTheSameCells() throws IOException {
        Rule rule = new Rule();
        String first = rule.alert("a", "2025-03-04T02:00:00Z");
        String then = Answers.to("/api/events/" + first).path("recordedAt");
        String asked = ASKED + "&ruleId=" + rule.id + "&asOf=" + then;
        String before = opened(asked).dump(Set.of());
        rule.ok("a", "2025-03-04T03:00:00Z");
        assertEquals(before, opened(asked).dump(Set.of()));
        assertEquals("open", opened(asked).rows(ROWS).get(0).get("status"));
    }

    @Test
    void listsAreNotOfferedAsWorkbooks() {
        given().accept("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .get("/api/incidents")
                .then()
                .statusCode(406);
    }

    @Test
    void anOfficeProgramReadsTheSame(@TempDir Path home) throws Exception {
        String asked = varied();
        byte[] file = Answers.to(PATH + ".xlsx" + asked).asByteArray();
        List<Map<String, @Nullable Object>> rows = opened(asked).rows(ROWS);
        List<NamedCsvRecord> read = Office.rows(home, file, ROWS);
        assertEquals(Varied.INCIDENTS, read.size());
        for (int n = 0; n < rows.size(); n++) {
            NamedCsvRecord cells = read.get(n);
            rows.get(n).forEach((name, value) -> shown(value, cells.getField(name), name));
        }
    }

    /** Times are shown to the millisecond, rounded. */
    private static void shown(@Nullable Object value, String cell, String name) {
        if (value instanceof LocalDateTime time) {
            Duration rounded = Duration.between(time, LocalDateTime.parse(cell.replace(' ', 'T')));
            assertTrue(
                    rounded.abs().compareTo(Duration.ofMillis(1)) <= 0, () -> name + ": " + cell + " is not " + time);
            assertTrue(cell.matches(".*\\.\\d{3}"), cell);
        } else if (value instanceof Double number) {
            assertEquals(0, BigDecimal.valueOf(number).compareTo(new BigDecimal(cell)), name + ": " + cell);
        } else if (value instanceof Boolean truth) {
            assertEquals(truth ? "TRUE" : "FALSE", cell, name);
        } else {
            // It has one kind of line break.
            assertEquals(value == null ? "" : value.toString().replace("\r\n", "\n"), cell, name);
        }
    }
}
