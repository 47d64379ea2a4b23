package foldback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hundreds of rows of 200 KB, the text in another field each time, asked for in one page of a service with little memory. */
class HostilePagesIT {
    private static final Map<String, String> LITTLE_MEMORY = Map.of("JAVA_TOOL_OPTIONS", "-Xmx150m");
    private static final int ROWS = 650;
    private static final int OF_ONE_INCIDENT = 200;
    private static final int TEXT = 200 * 1024;
    private static final int LARGEST_PAGE = 8 << 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> FIELDS = List.of(
            "alertName",
            "namespace",
            "metricName",
            "instanceName",
            "regionId",
            "regionName",
            "groupId",
            "productGroupName",
            "unit",
            "expression",
            "curValue",
            "transId",
            "userId",
            "ruleId",
            "customLabels",
            "dimensions");

    @TempDir
    static Path home;

    private static RunningJar service;
    private static String timeline;

    @BeforeAll
    static void send() throws Exception {
        service = RunningJar.start(home.resolve("data"), LITTLE_MEMORY).up();
        for (int n = 0; n < ROWS; n++) {
            post(alert(n, FIELDS.get(n % FIELDS.size())));
        }
        for (int n = 0; n < OF_ONE_INCIDENT; n++) {
            Map<String, String> repeated = alert(n, "curValue");
            repeated.put("dimensions", "{\"instanceId\":\"the same\"}");
            timeline = "/api/incidents/"
                    + post(repeated).at("/events/0/incidentId").asText() + "/timeline";
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Map<String, String> alert(int n, String field) {
        Map<String, String> alert = new LinkedHashMap<>();
        alert.put("ruleId", "hostile");
        alert.put("alertName", "cpu");
        alert.put("alertState", "ALERT");
        alert.put("timestamp", Integer.toString(1_741_054_000 + n));
        alert.put("dimensions", "{\"instanceId\":\"i-" + n + "\"}");
        alert.put("triggerLevel", n % 3 == 0 ? "WARN" : "none");
        alert.put(
                field,
                switch (field) {
                    case "dimensions", "customLabels" -> manyEntries(n);
                    default -> n + "x".repeat(TEXT);
                });
        return alert;
    }

    /** As many entries as fit, which take most memory as a map. */
    private static String manyEntries(int n) {
        return IntStream.range(0, TEXT / 12).mapToObj(i -> i + "=" + n).collect(Collectors.joining(", ", "{", "}"));
    }

    private static JsonNode post(Map<String, String> alert) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url("/callbacks/local"))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(alert)))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    @ParameterizedTest
    @CsvSource({"/api/incidents, 651", "/api/incidents?sort=level, 651", "/api/streams, 651", "/api/events, 850"})
    void pagesEndEarlyAndVisitEachRowOnce(String list, int rows) throws Exception {
        List<String> ids = walk(list, "id");
        assertEquals(rows, ids.size());
        assertEquals(rows, new HashSet<>(ids).size());
    }

    @Test
    void aTimelineDoesToo() throws Exception {
        List<String> ids = walk(timeline, "eventId");
        assertEquals(OF_ONE_INCIDENT, ids.size());
        assertEquals(OF_ONE_INCIDENT, new HashSet<>(ids).size());
    }

    @Test
    void severalAtOnceAreAnswered() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (String list : List.of("/api/incidents", "/api/streams", "/api/events", timeline)) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> page(list + "?limit=1000").statusCode()));
        }
        answers.forEach(answer -> assertEquals(200, answer.join()));
    }

    private static List<String> walk(String list, String id) throws IOException {
        List<String> ids = new ArrayList<>();
        String next = list + (list.contains("?") ? "&" : "?") + "limit=1000";
        while (next != null) {
            HttpResponse<String> answer = page(next);
            assertEquals(200, answer.statusCode(), next);
            assertTrue(
                    answer.body().length() < LARGEST_PAGE + 4 * TEXT,
                    () -> "a page of " + answer.body().length());
            JsonNode page = JSON.readTree(answer.body());
            page.get("items").forEach(item -> ids.add(item.get(id).asText()));
            String cursor = page.get("next").textValue();
            assertEquals(cursor != null, answer.headers().firstValue("Link").isPresent());
            next = cursor == null ? null : next.replaceAll("&cursor=.*", "") + "&cursor=" + cursor;
        }
        return ids;
    }

    private static HttpResponse<String> page(String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(url(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path + ": " + e + "\n" + service.output(), e);
        }
    }

    private static URI url(String path) {
        return URI.create("http://127.0.0.1:" + service.port() + path);
    }
}
