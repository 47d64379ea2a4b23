package foldback.report;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import foldback.testing.PlainHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The outages of an account that no other test has, as callbacks: from a seed, around the days on which clocks change and the one that leap
 * years have, with ties, durations of nothing, open ones, uncertain ends, ALERTs that were missed, OKs that end nothing, and streams that fire again at once.
 */
public final class Outages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALERTS_A_CALLBACK = 400;
    private static final long EPOCH_OF_UUIDS = 12_219_292_800_000L;

    private static final List<String> DAYS = List.of(
            "2024-02-28T20:00:00Z",
            "2024-02-29T22:30:00Z",
            "2024-03-10T04:00:00Z",
            "2024-03-30T22:00:00Z",
            "2024-04-06T13:00:00Z",
            "2024-10-05T13:30:00Z",
            "2024-10-26T22:00:00Z",
            "2024-11-03T03:00:00Z",
            "2024-12-29T20:00:00Z",
            "2024-12-31T20:00:00Z");

    /** In seconds; some are met often. */
    private static final List<Double> LASTING =
            List.of(0.0, 0.0, 60.0, 60.0, 300.0, 300.0, 300.0, 900.0, 3600.5, 7200.0, 40_000.123, 200_000.0);

    public final String userId = "report-" + UUID.randomUUID();
    private final Random random;
    private final ArrayNode waiting = JSON.createArrayNode();

    public Outages(long seed) {
        random = new Random(seed);
    }

    /** So many streams, of six incidents at most each. */
    public void send(int streams) {
        for (int n = 0; n < streams; n++) {
            stream("i-" + n);
        }
        flush();
    }

    private void stream(String instance) {
        Instant at = Instant.parse(pick(DAYS)).plusSeconds(random.nextInt(20 * 3600));
        int incidents = 1 + random.nextInt(6);
        for (int n = 0; n < incidents; n++) {
            boolean last = n == incidents - 1;
            Instant end = at.plusMillis((long) (pick(LASTING) * 1000));
            incident(instance, at, end, last && random.nextInt(4) == 0);
            at = end.plusSeconds(List.of(1, 600, 86_400, 86_401, 300_000, 90).get(random.nextInt(6)));
        }
    }

    private void incident(String instance, Instant at, Instant end, boolean open) {
        String level = pick(List.of("INFO", "WARN", "CRITICAL", ""));
        long lasting = end.toEpochMilli() - at.toEpochMilli();
        if (lasting >= 60_000 && random.nextInt(10) == 0 && !open) {
            ObjectNode ok = signal(instance, "OK", end);
            ok.put("preTriggerLevel", "WARN").put("transId", episode(at));
            return;
        }
        signal(instance, "ALERT", at).put("triggerLevel", level);
        if (lasting >= 60_000 && random.nextInt(3) == 0) {
            signal(instance, "INSUFFICIENT_DATA", at.plusMillis(lasting / 4));
            if (random.nextBoolean()) {
                signal(instance, "INSUFFICIENT_DATA", at.plusMillis(lasting / 3));
                signal(instance, "ALERT", at.plusMillis(lasting / 2)).put("triggerLevel", "CRITICAL");
            }
            if (random.nextInt(3) == 0) {
                signal(instance, "INSUFFICIENT_DATA", at.plusMillis(lasting * 3 / 4));
            }
        }
        if (!open) {
            signal(instance, "OK", end);
            if (random.nextInt(8) == 0) {
                signal(instance, "OK", end.plusMillis(500));
            }
        }
    }

    private ObjectNode signal(String instance, String state, Instant at) {
        if (waiting.size() == ALERTS_A_CALLBACK) {
            flush();
        }
        int number = Integer.parseInt(instance.substring(2));
        return waiting.addObject()
                .put("userId", userId)
                .put("ruleId", "rule-" + number % 5 + userId)
                .put("alertName", List.of("队列", "=cpu", "disk, \"full\"").get(number % 3))
                .put("metricName", "cpu_total")
                .put("regionId", number % 4 == 0 ? "" : "cn-" + number % 4)
                .put("instanceName", "name " + number % 7)
                .put("alertState", state)
                .put("timestamp", at.toEpochMilli())
                .put("dimensions", "{instanceId=" + instance + ", shard=" + number % 2 + "}")
                .put("customLabels", number % 3 == 0 ? "" : "{team=" + number % 3 + "}");
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A UUID of version 1, as CloudMonitor mints them. */
    private static String episode(Instant began) {
        long ticks = (began.toEpochMilli() + EPOCH_OF_UUIDS) * 10_000;
        long high = (ticks << 32) | ((ticks >>> 32 & 0xFFFF) << 16) | 0x1000 | (ticks >>> 48 & 0xFFF);
        return new UUID(high, 0x9456_0016_3E1A_2B3CL).toString();
    }

    private void flush() {
        post("/callbacks/local", waiting);
        waiting.removeAll();
    }

    /** All incidents of the account, as the list has them. */
    List<JsonNode> listed(String asOf) {
        List<JsonNode> incidents = new ArrayList<>();
        String next = "/api/incidents?sort=openedAt&limit=1000&userId=" + userId + "&asOf=" + asOf;
        while (next != null) {
            JsonNode page = read(next);
            page.get("items").forEach(incidents::add);
            String cursor = page.get("next").textValue();
            next = cursor == null ? null : next.replaceAll("&cursor=.*", "") + "&cursor=" + cursor;
        }
        return incidents;
    }

    /** All signals of the account, as the log has them. */
    List<JsonNode> signals() {
        String log = given().accept("application/x-ndjson")
                .get("/api/events?type=signal&since=2023-12-01T00:00:00Z&until=2025-03-01T00:00:00Z")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return log.lines()
                .map(Outages::json)
                .filter(signal -> signal.get("userId").asText().equals(userId))
                .toList();
    }

    /** Somebody sees every third incident that the list has, and resolves some of the open ones by hand. */
    void act(List<JsonNode> incidents) {
        ObjectNode seen = JSON.createObjectNode();
        ArrayNode ids = seen.putArray("ids");
        for (int n = 0; n < incidents.size(); n += 3) {
            ids.add(incidents.get(n).get("id"));
        }
        post("/api/incidents/acknowledge", seen);
        incidents.stream()
                .filter(incident -> incident.get("status").asText().equals("open"))
                .limit(3)
                .forEach(open -> post(
                        "/api/incidents/" + open.get("id").asText() + "/resolve",
                        JSON.createObjectNode()
                                .put(
                                        "at",
                                        Instant.parse(open.get("lastSignalAt").asText())
                                                .plusSeconds(777)
                                                .toString())));
    }

    private static void post(String path, JsonNode body) {
        HttpResponse<String> answer = PlainHttp.post(path, "application/json", body.toString());
        assertEquals(200, answer.statusCode(), answer::body);
    }

    public static JsonNode read(String path) {
        return json(Answers.to(path).asString());
    }

    private static JsonNode json(String body) {
        try {
            return JSON.reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
