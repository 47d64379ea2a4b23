package foldback.export;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported is what is listed. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ExportIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** They run to the clock while an incident is open, and two requests are never made in the same instant. */
    private static final Set<String> RUNNING = Set.of("durationSeconds", "unobservedSeconds");

    private Rule rule;

    @BeforeEach
    void send() {
        rule = Varied.sent();
    }

    private Stream<String> lists() {
        return Stream.of(
                "/api/incidents?ruleId=" + rule.id,
                "/api/incidents?sort=level&status=open&ruleId=" + rule.id,
                "/api/incidents?sort=-resolvedAt&ruleId=" + rule.id,
                "/api/incidents?sort=duration&ruleId=" + rule.id,
                "/api/streams/" + rule.stream("people") + "/incidents",
                "/api/events?streamId=" + rule.stream("people"),
                "/api/events?streamId=" + rule.stream("labels") + "&streamId=" + rule.stream("uncertain"),
                "/api/events?type!=signal&streamId=" + rule.stream("people"));
    }

    @Test
    void everyItemIsExportedFieldByField() throws IOException {
        assertEquals(Varied.INCIDENTS, items("/api/incidents?ruleId=" + rule.id).size());
        for (String list : lists().toList()) {
            List<JsonNode> items = items(list);
            assertTrue(!items.isEmpty(), list);
            same(list, items, ndjson(list));
            same(list, items, csv(list, items.get(0)));
        }
    }

    private static void same(String list, List<JsonNode> items, List<JsonNode> exported) {
        assertEquals(items.size(), exported.size(), list);
        for (int row = 0; row < items.size(); row++) {
            JsonNode item = items.get(row);
            JsonNode other = exported.get(row);
            assertEquals(names(item), names(other), list);
            for (String name : names(item)) {
                if (!RUNNING.contains(name) || item.path("status").asText().equals("resolved")) {
                    assertEquals(item.get(name), other.get(name), list + ", row " + row + ", " + name);
                }
            }
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> items(String list) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        JSON.readTree(given().get(list).then().statusCode(200).extract().asString())
                .get("items")
                .forEach(items::add);
        return items;
    }

    private static Response exported(String list, String accept) {
        return given().accept(accept)
                .get(list)
                .then()
                .statusCode(200)
                .header("Vary", "Accept")
                .extract()
                .response();
    }

    private static List<JsonNode> ndjson(String list) throws IOException {
        String text = exported(list, "application/x-ndjson").asString();
        assertTrue(text.endsWith("}\n"), text);
        List<JsonNode> rows = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                rows.add(JSON.readTree(line));
            }
        }
        return rows;
    }

    /** Read back: as JSON where the item has no text there, and without the apostrophe in front of what would be run. */
    private static List<JsonNode> csv(String list, JsonNode example) throws IOException {
        String text = exported(list, "text/csv").asString();
        assertTrue(text.endsWith("\r\n"), text);
        List<JsonNode> rows = new ArrayList<>();
        List<JsonNode> items = items(list);
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
            for (NamedCsvRecord cells : csv) {
                assertEquals(names(example), cells.getHeader());
                var row = JSON.createObjectNode();
                JsonNode item = items.get(rows.size());
                for (String name : cells.getHeader()) {
                    row.set(name, value(cells.getField(name), item.get(name)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static JsonNode value(String cell, JsonNode listed) throws IOException {
        if (cell.isEmpty()) {
            return JSON.nullNode();
        }
        String text = cell.matches("(?s)'[-=+@\t\r].*") ? cell.substring(1) : cell;
        return listed.isTextual() ? JSON.getNodeFactory().textNode(text) : JSON.readTree(text);
    }

    @Test
    void theColumnsAreTheFieldsOfTheContractInItsOrder() {
        assertEquals(
                "id,status,stale,streamId,userId,ruleId,alertName,namespace,metricName,dimensions,instanceName,regionId,"
                        + "regionName,groupId,productGroupName,unit,labels,level,peakLevel,signal,expression,transId,openedAt,"
                        + "openedBy,resolvedAt,resolvedEarliest,resolvedBy,lastSignalAt,firstReceivedAt,durationSeconds,"
                        + "unobservedSeconds,timeToAcknowledgeSeconds,timeToResolveSeconds,acknowledgedAt,acknowledgedBy,"
                        + "openingValue,currentValue,worstValue,recoveryValue,alertCount,reopenCount,noteCount",
                header("/api/incidents?ruleId=nobody"));
        assertEquals(
                "id,streamId,callbackId,type,occurredAt,receivedAt,recordedAt,timeEstimated,signal,level,previousLevel,"
                        + "curValue,unit,expression,conditions,transId,incidentId,by,note,userId,ruleId,alertName,namespace,"
                        + "metricName,dimensions,instanceName,regionId,groupId,labels",
                header("/api/events?since=2001-01-01T00:00:00Z&until=2001-01-02T00:00:00Z"));
    }

    private static String header(String list) {
        String text = exported(list, "text/csv").asString();
        assertTrue(text.endsWith("\r\n") && text.indexOf('\n') == text.length() - 1, text);
        return text.strip();
    }

    @Test
    void formulasAreTextAndNumbersStay() {
        String text = exported("/api/incidents?ruleId=" + rule.id, "text/csv").asString();
        assertTrue(text.contains(",'=1+1,"), text);
        assertTrue(text.contains(",+95,"), text);
        assertTrue(text.contains(",-5.3,"), text);
        assertTrue(text.contains("\"'@web\"\"1\"\", \"\"2\"\"\""), text);
        assertTrue(text.contains("\"{\"\"instanceId\"\":\"\"=cmd|' /C calc'!A0\"\"}\""), text);
    }

    @ParameterizedTest
    @CsvSource({
        "text/csv, text/csv; charset=UTF-8; header=present, foldback-incidents-DATE.csv",
        "application/x-ndjson, application/x-ndjson, foldback-incidents-DATE.ndjson"
    })
    void theFileHasASpeakingName(String accept, String type, String name) {
        String file = Pattern.quote(name).replace("DATE", "\\E\\d{4}-\\d\\d-\\d\\dT\\d{6}Z\\Q");
        given().accept(accept)
                .get("/api/incidents?ruleId=nobody")
                .then()
                .statusCode(200)
                .header("Content-Type", type)
                .header("Content-Disposition", matchesPattern("attachment; filename=\"" + file + "\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "application/* | application/json",
                "application/json | application/json",
                "application/json, text/csv | application/json",
                "text/csv, application/json | application/json",
                "text/csv;q=0.9, application/json;q=0.8 | text/csv",
                "text/csv;q=0.5, */*;q=0.1 | text/csv",
                "text/html, text/*;q=0.5 | text/csv",
                "text/csv;charset=utf-8 | text/csv",
                "TEXT/CSV | text/csv",
                "application/x-ndjson;q=0.2, text/csv;q=0.1 | application/x-ndjson",
                "application/json;q=0, application/* | application/x-ndjson",
                "application/json;q=0, */* | text/csv",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | application/json"
            })
    void whatIsAcceptedMostIsAnswered(String accept, String type) {
        given().header("Accept", accept)
                .get("/api/incidents?ruleId=nobody")
                .then()
                .statusCode(200)
                .header("Vary", "Accept")
                .contentType(containsString(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "text/csv;q=0, image/*", "application/xml"})
    void whatIsNotOfferedIsAProblem(String accept) {
        for (String list : List.of("/api/incidents", "/api/events")) {
            given().header("Accept", accept)
                    .get(list)
                    .then()
                    .statusCode(406)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:foldback:problem:not-acceptable"));
        }
    }

    @ParameterizedTest
    @CsvSource({"limit, 10", "cursor, abc", "count, exact"})
    void pagesMakeNoSenseWithIt(String name, String value) {
        for (String list :
                List.of("/api/incidents", "/api/events", "/api/streams/" + rule.stream("open") + "/incidents")) {
            given().accept("text/csv")
                    .get(list + "?" + name + "=" + value)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors.field", hasItem(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=broken", "since=yesterday", "sort=name", "nothing=1"})
    void whatCannotBeReadIsAProblemAsInTheList(String query) {
        given().accept("text/csv")
                .get("/api/incidents?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void headIsAnsweredWithoutABody() {
        given().accept("text/csv")
                .head("/api/incidents")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", containsString(".csv"));
    }

    @Test
    void anUnknownStreamIsAProblem() {
        given().accept("text/csv")
                .get("/api/streams/0198c0de-0000-7000-8000-000000000000/incidents")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }
}
