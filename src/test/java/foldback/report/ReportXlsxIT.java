package foldback.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.export.Varied;
import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A report as a workbook says what the JSON says, and is safe to open. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportXlsxIT {
    private static final String PATH = "/api/reports/resolution-time";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String MARCH =
            "?since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00.000001Z&tz=Asia/Shanghai";
    private static final String ROWS = "Resolution time";

    private static Response get(String asked) {
        return given().urlEncodingEnabled(false)
                .get(PATH + ".xlsx" + asked)
                .then()
                .statusCode(200)
                .contentType(XLSX)
                .header(
                        "Content-Disposition",
                        matchesPattern("attachment; filename=\"foldback-resolution-time-.*\\.xlsx\""))
                .extract()
                .response();
    }

    private static OpenedBook opened(String asked) throws IOException {
        return new OpenedBook(get(asked).asByteArray());
    }

    @Test
    void everyValueIsThatOfTheReport() throws IOException {
        Rule rule = Varied.sent();
        String then =
                Outages.read("/api/events?limit=1").at("/items/0/recordedAt").asText();
        for (String groups : List.of(
                "",
                "&groupBy=day,level&target=PT30M",
                "&groupBy=hourOfDay,alertName",
                "&groupBy=level&compare=previous")) {
            String asked = MARCH + "&ruleId=" + rule.id + groups + "&asOf=" + then;
            JsonNode report = Outages.read(PATH + asked);
            OpenedBook book = opened(asked);
            List<Map<String, @Nullable Object>> rows = book.rows(ROWS);
            assertEquals(report.get("rows").size(), rows.size(), groups);
            for (int n = 0; n < rows.size(); n++) {
                same(report.get("rows").get(n), rows.get(n), groups + ", row " + n);
            }
            summary(report.get("header"), book.pairs("Summary"));
            definitions(report.get("definitions"), book.pairs("Definitions"));
        }
    }

    private static void same(JsonNode row, Map<String, @Nullable Object> cells, String what) throws IOException {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            if (!field.getValue().isObject()) {
                names.add(field.getKey());
                OpenedBook.same(field.getValue(), cells.get(field.getKey()), what + ", " + field.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> key : row.get("group").properties()) {
            names.add(key.getKey());
            Object cell = cells.get(key.getKey());
            boolean day = key.getKey().equals("day");
            OpenedBook.same(
                    key.getValue(), day ? ((LocalDateTime) cell).toLocalDate().toString() : cell, what);
        }
        for (Map.Entry<String, JsonNode> part : row.path("change").properties()) {
            names.add("change." + part.getKey());
            OpenedBook.same(part.getValue(), cells.get("change." + part.getKey()), what + ", " + part.getKey());
        }
        assertEquals(Set.copyOf(names), cells.keySet(), what);
    }

    private static void summary(JsonNode header, Map<String, @Nullable Object> facts) throws IOException {
        for (String instant : List.of("since", "until", "asOf")) {
            OpenedBook.same(header.get(instant), facts.get(instant + " (UTC)"), instant);
            LocalDateTime utc = (LocalDateTime) facts.get(instant + " (UTC)");
            assertEquals(utc.plusHours(8), facts.get(instant + "Local (Asia/Shanghai)"), instant);
        }
        for (String same : List.of("cohort", "tz", "foldVersion", "incidents", "open", "rows", "sha256")) {
            OpenedBook.same(header.get(same), facts.get(same), same);
        }
        assertEquals(header.at("/filter/ruleId/0").asText(), facts.get("filter ruleId"));
        List<String> keys = new ArrayList<>();
        header.get("groupBy").forEach(key -> keys.add(key.asText()));
        assertEquals(String.join(",", keys), facts.get("groupBy"));
        assertEquals(0.0, facts.get("cutTexts"));
    }

    private static void definitions(JsonNode definitions, Map<String, @Nullable Object> written) throws IOException {
        assertEquals(definitions.size() + 1, written.size());
        for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
            OpenedBook.same(definition.getValue(), written.get(definition.getKey()), definition.getKey());
        }
    }

    @Test
    void itsFactsAreHeadersToo() throws NoSuchAlgorithmException {
        String asked = MARCH + "&groupBy=level&level!=INFO&ruleId=" + Varied.sent().id;
        Response csv = given().urlEncodingEnabled(false).get(PATH + ".csv" + asked);
        Response xlsx = get(asked);
        for (String name : List.of(
                "Since", "Until", "Cohort", "Group-By", "Tz", "Filter", "Fold-Version", "Incidents", "Open", "Rows")) {
            assertTrue(xlsx.header("Foldback-" + name) != null, name);
            assertEquals(csv.header("Foldback-" + name), xlsx.header("Foldback-" + name), name);
        }
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(xlsx.asByteArray());
        assertEquals("sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":", xlsx.header("Repr-Digest"));
    }

    @Test
    void theHeaderStaysInSightAndFilters() throws IOException {
        OpenedBook book = opened(MARCH + "&groupBy=level&ruleId=" + Varied.sent().id);
        assertEquals(List.of("Summary", ROWS, "Definitions"), book.sheets());
        for (String sheet : book.sheets()) {
            assertTrue(book.sheet(sheet).getPaneInformation().isFreezePane(), sheet);
            assertEquals(1, book.sheet(sheet).getPaneInformation().getHorizontalSplitTopRow(), sheet);
            assertTrue(
                    book.sheet(sheet)
                            .getRow(0)
                            .getCell(0)
                            .getCellStyle()
                            .getFont()
                            .getBold(),
                    sheet);
            assertTrue(book.sheet(sheet).getColumnWidth(0) > 256 * "level".length(), sheet);
        }
        assertEquals("A1:AA4", book.sheet(ROWS).getCTWorksheet().getAutoFilter().getRef());
    }

    @Test
    void whatOthersWroteIsNeverRun() throws IOException {
        Rule rule = new Rule();
        List<String> hostile = List.of(
                "=HYPERLINK(\"http://evil/\",\"click\")",
                "+1+1",
                "-1+cmd|' /C calc'!A0",
                "@SUM(1)",
                "\u0001control\u000b",
                "_x0041_<b>&",
                "😀 队列",
                "x".repeat(40_000));
        for (String name : hostile) {
            rule.alert("i-" + hostile.indexOf(name), "2025-03-04T02:00:00Z", "alertName", name);
        }
        String halved = "{\"ruleId\":\"" + rule.id
                + "\",\"alertState\":\"ALERT\",\"timestamp\":1741054000,\"alertName\":\"=half\\ud800\"}";
        given().contentType("application/json")
                .body(halved)
                .post("/callbacks/local")
                .then()
                .statusCode(200);
        String asked = MARCH + "&groupBy=alertName&ruleId=" + rule.id;
        JsonNode rows = Outages.read(PATH + asked).get("rows");
        OpenedBook book = opened(asked);
        assertEquals(hostile.size() + 1, book.rows(ROWS).size());
        for (int n = 1; n <= rows.size(); n++) {
            Cell cell = book.sheet(ROWS).getRow(n).getCell(0);
            assertEquals(CellType.STRING, cell.getCellType());
            assertEquals("@", cell.getCellStyle().getDataFormatString());
            String name = rows.get(n - 1).at("/group/alertName").asText();
            boolean cut = name.length() > 32_767;
            String shown = cell.getStringCellValue();
            assertEquals(cut ? name.substring(0, 32_000) : name, cut ? shown.substring(0, 32_000) : shown);
            assertEquals(cut, shown.endsWith("[cut: this text has 40000 characters, a cell at most 32767]"));
        }
        assertEquals(1.0, book.pairs("Summary").get("cutTexts"));
    }

    @Test
    void theSameAsOfGivesTheSameCells() throws IOException {
        Rule rule = new Rule();
        String opened = rule.alert("a", "2025-03-04T02:00:00Z");
        String then = given().get("/api/events/" + opened).path("recordedAt");
        String asked = MARCH + "&groupBy=level,week&ruleId=" + rule.id + "&asOf=" + then;
        String before = opened(asked).dump(Set.of());
        rule.ok("a", "2025-03-04T03:00:00Z");
        assertEquals(before, opened(asked).dump(Set.of()));
        String now = MARCH + "&groupBy=level,week&ruleId=" + rule.id;
        assertEquals(1.0, opened(now).rows(ROWS).get(0).get("resolved"));
    }

    @Test
    void nothingIsAWorkbookToo() throws IOException {
        OpenedBook book = opened(MARCH + "&groupBy=day&ruleId=nobody");
        assertEquals(List.of(), book.rows(ROWS));
        assertEquals(0.0, book.pairs("Summary").get("rows"));
        assertEquals(0.0, opened(MARCH + "&ruleId=nobody").rows(ROWS).get(0).get("incidents"));
        assertEquals("none", opened(MARCH).pairs("Summary").get("filter"));
    }
}
