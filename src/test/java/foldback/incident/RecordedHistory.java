package foldback.incident;

import foldback.testing.PlainHttp;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A history of one rule, recorded step by step: {@code alert web 120 WARN} (at minute 120, of instance web), {@code ok}, {@code nodata},
 * and what people do about the nth event: {@code acknowledge 1}, {@code unacknowledge 1}, {@code notes 1}, {@code resolve 1}. After each
 * step what is asked is answered, and can be asked again.
 */
final class RecordedHistory {
    private static final List<String> SORTS = List.of("openedAt", "-resolvedAt", "-duration", "lastSignalAt", "-level");
    private static final List<String> QUERIES = List.of(
            "status=open",
            "status=resolved&level!=INFO",
            "acknowledged=true",
            "peakLevel=CRITICAL&peakLevel=WARN",
            "dimensions.instanceId=web",
            "dimensions.instanceId!=web&regionId=cn-beijing",
            "q=seen",
            "q!=seen&label.team=a");
    private static final int LATEST_EVENTS = 6;

    final Rule rule = new Rule();
    private final Instant beginning;
    private final List<String> events = new ArrayList<>();

    /** What was answered at an instant. */
    record Moment(
            String asOf,
            List<Map<String, Object>> incidents,
            Map<String, Map<String, Object>> details,
            Map<String, String> leadTo,
            Map<String, List<Object>> lists) {}

    /** @param beginning minute 0 */
    RecordedHistory(Instant beginning) {
        this.beginning = beginning;
    }

    /** Steps from a seed; about a third of the signals is late. */
    static List<String> random(long seed, int steps) {
        Random random = new Random(seed);
        List<String> history = new ArrayList<>();
        for (int n = 0; n < steps; n++) {
            boolean human = n > 0 && random.nextInt(3) == 0;
            history.add(human ? act(random, n) : signal(random, n));
        }
        return history;
    }

    private static String act(Random random, int n) {
        String verb = List.of("acknowledge", "unacknowledge", "notes", "resolve", "acknowledge")
                .get(random.nextInt(5));
        return verb + " " + (1 + random.nextInt(n));
    }

    private static String signal(Random random, int n) {
        String state = List.of("alert", "alert", "ok", "ok", "nodata").get(random.nextInt(5));
        String instance = List.of("web", "db", "队列").get(random.nextInt(3));
        int late = random.nextInt(3) == 0 ? random.nextInt(60) : 0;
        String level = List.of("INFO", "WARN", "CRITICAL", "").get(random.nextInt(4));
        return "%s %s %d %s"
                .formatted(state, instance, Math.max(0, 5 * n - late) + random.nextInt(4), level)
                .strip();
    }

    void record(String step) {
        String[] word = step.split(" ");
        if (word.length == 2) {
            act(word[0], Integer.parseInt(word[1]));
        } else {
            signal(word);
        }
    }

    private void signal(String[] word) {
        String state = Map.of("alert", "ALERT", "ok", "OK", "nodata", "INSUFFICIENT_DATA")
                .get(word[0]);
        String level = word.length > 3 ? word[3] : "";
        int minute = Integer.parseInt(word[2]);
        events.add(rule.send(
                word[1],
                state,
                beginning.plusSeconds(60L * minute).toString(),
                "ALERT".equals(state) ? "triggerLevel" : "preTriggerLevel",
                level,
                "transId",
                // An episode that began ten minutes before: some OKs tell of ALERTs that were missed.
                minute % 3 == 0 ? episode(minute - 10) : "",
                "curValue",
                Integer.toString(minute % 17),
                "expression",
                minute % 5 == 0 ? "$Average<5" : "$Average>=5",
                "regionId",
                minute % 2 == 0 ? "cn-beijing" : "cn-hangzhou",
                "customLabels",
                minute % 4 == 0 ? "{team=a}" : "{team=b, tier=1}"));
    }

    /** A UUID of version 1, as CloudMonitor mints them. */
    private String episode(int minute) {
        long ticks = (beginning.plusSeconds(60L * minute).toEpochMilli() + 12_219_292_800_000L) * 10_000;
        long high = (ticks << 32) | ((ticks >>> 32 & 0xFFFF) << 16) | 0x1000 | (ticks >>> 48 & 0xFFF);
        return new java.util.UUID(high, 0x9456_0016_3E1A_2B3CL).toString();
    }

    /** What cannot be done is part of the history too: 404 for a stray, 409 for one that is resolved. */
    private void act(String verb, int n) {
        String event = events.get(Math.min(n, events.size()) - 1);
        String incident = Json.text(PlainHttp.get("/api/incidents/" + event).body(), "/id");
        HttpResponse<String> answer = PlainHttp.post(
                "/api/incidents/" + (incident == null ? event : incident) + "/" + verb,
                "application/json",
                "{\"note\":\"seen by 张三\"}");
        if (answer.statusCode() >= 500) {
            throw new AssertionError(verb + " of " + event + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** What is answered now; {@code former}: as of then, in place of now. */
    Moment moment(String asOf, boolean former) {
        String at = former ? "asOf=" + asOf : "";
        List<Map<String, Object>> incidents = list("limit=1000&" + at);
        Map<String, Map<String, Object>> details = new LinkedHashMap<>();
        incidents.forEach(incident -> details.put((String) incident.get("id"), detail(incident.get("id"), at)));
        Map<String, String> leadTo = new LinkedHashMap<>();
        events.subList(Math.max(0, events.size() - LATEST_EVENTS), events.size())
                .forEach(event -> leadTo.put(event, leadsTo(event, at)));
        Map<String, List<Object>> lists = new LinkedHashMap<>();
        SORTS.forEach(sort -> lists.put(sort, ids("limit=1000&sort=" + sort + "&" + at)));
        QUERIES.forEach(query -> lists.put(query, ids("limit=1000&" + query + "&" + at)));
        return new Moment(asOf, incidents, details, leadTo, lists);
    }

    Map<String, Object> page(String query) {
        return Json.object(get("/api/incidents?ruleId=" + rule.id + "&" + query));
    }

    List<Map<String, Object>> list(String query) {
        return Json.items(get("/api/incidents?ruleId=" + rule.id + "&" + query));
    }

    List<Object> ids(String query) {
        return list(query).stream().map(incident -> incident.get("id")).toList();
    }

    private static Map<String, Object> detail(Object id, String at) {
        return Json.object(get("/api/incidents/" + id + "?include=explain&" + at));
    }

    /** The status, and where it leads to. */
    private static String leadsTo(String event, String at) {
        HttpResponse<String> answer = PlainHttp.get("/api/incidents/" + event + (at.isEmpty() ? "" : "?" + at));
        String location = answer.headers().firstValue("Location").orElse(null);
        if (location != null && !location.endsWith(at)) {
            throw new AssertionError(location + " forgets " + at);
        }
        return answer.statusCode() + " " + (location == null ? "" : location.replaceAll("\\?.*", ""));
    }

    private static String get(String path) {
        HttpResponse<String> answer = PlainHttp.get(path.replaceAll("&$", ""));
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
