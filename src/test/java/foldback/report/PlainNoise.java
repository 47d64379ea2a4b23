package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.report.PlainReading.Placed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a noise report off the list of incidents and the log, plainly: each signal is looked at, and asked which incident holds it. */
final class PlainNoise {
    private static final Duration STALE = Duration.ofHours(25);
    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMinutes(10);

    private final List<JsonNode> signals;
    private final List<Placed> incidents;
    private final Instant now;
    private final Instant since;
    private final Instant until;

    /**
     * The same for all filters.
     *
     * @param signals of the account
     */
    PlainNoise(List<JsonNode> signals, List<Placed> incidents, Instant now, Instant since, Instant until) {
        this.signals = signals;
        this.incidents = incidents;
        this.now = now;
        this.since = since;
        this.until = until;
    }

    /**
     * Compares all rows.
     *
     * @param filter what the filter asks of an incident
     * @param ofStreams whether it asks the same of all incidents of a stream, and of a signal too
     */
    void isThatOf(JsonNode answer, Predicate<JsonNode> filter, boolean ofStreams, String what) {
        List<Placed> matching =
                incidents.stream().filter(placed -> filter.test(placed.json())).toList();
        Set<String> streams = new HashSet<>();
        matching.stream()
                .filter(placed -> placed.opened().isBefore(until)
                        && (placed.resolved() == null || !placed.resolved().isBefore(since)))
                .forEach(placed -> streams.add(placed.json().get("streamId").asText()));
        List<JsonNode> heard = signals.stream()
                .filter(signal -> inWindow(instant(signal, "occurredAt")))
                .filter(signal -> ofStreams
                        ? filter.test(signal)
                        : streams.contains(signal.get("streamId").asText()))
                .toList();
        Map<String, Map<String, Object>> expected = rows(matching, heard);
        Set<String> found = new TreeSet<>();
        long alerts = Long.MAX_VALUE;
        String last = "";
        for (JsonNode row : answer.get("rows")) {
            String rule = row.get("ruleId").asText();
            found.add(rule);
            assertTrue(expected.containsKey(rule), what + " has a row of its own: " + row);
            same(expected.get(rule), row, what);
            assertTrue(
                    row.get("alerts").longValue() < alerts
                            || (row.get("alerts").longValue() == alerts && last.compareTo(rule) < 0),
                    what + ": the order of " + row);
            alerts = row.get("alerts").longValue();
            last = rule;
        }
        assertEquals(expected.keySet(), found, what);
        assertEquals(found.size(), answer.at("/header/rows").intValue(), what);
        assertEquals(
                matching.stream().filter(Placed::belongs).count(),
                answer.at("/header/incidents").longValue(),
                what);
    }

    private boolean inWindow(Instant at) {
        return !at.isBefore(since) && at.isBefore(until);
    }

    private static Instant instant(JsonNode json, String field) {
        return Instant.parse(json.get(field).asText());
    }

    private static String rule(JsonNode json) {
        return json.get("ruleId").asText();
    }

    private Map<String, Map<String, Object>> rows(List<Placed> matching, List<JsonNode> heard) {
        Set<String> ids = new HashSet<>();
        matching.forEach(placed -> ids.add(placed.json().get("id").asText()));
        Map<String, List<Placed>> belonging = new HashMap<>();
        matching.stream().filter(Placed::belongs).forEach(placed -> belonging
                .computeIfAbsent(rule(placed.json()), none -> new ArrayList<>())
                .add(placed));
        Map<String, List<JsonNode>> sent = new HashMap<>();
        heard.forEach(signal ->
                sent.computeIfAbsent(rule(signal), none -> new ArrayList<>()).add(signal));
        Set<String> rules = new TreeSet<>(belonging.keySet());
        rules.addAll(sent.keySet());
        Map<String, Map<String, Object>> rows = new TreeMap<>();
        for (String rule : rules) {
            Map<String, Object> row = new TreeMap<>();
            ofIncidents(row, belonging.getOrDefault(rule, List.of()));
            ofSignals(row, sent.getOrDefault(rule, List.of()), ids);
            rows.put(rule, row);
        }
        return rows;
    }

    private void ofIncidents(Map<String, Object> row, List<Placed> belonging) {
        row.put("incidents", belonging.size());
        long ended = 0;
        long known = 0;
        long flaps = 0;
        long open = 0;
        long stale = 0;
        for (Placed placed : belonging) {
            Duration lasted = Duration.between(placed.opened(), placed.resolved() == null ? now : placed.resolved());
            boolean brief = lasted.compareTo(SHORT) < 0;
            ended += placed.resolved() != null && brief ? 1 : 0;
            known += placed.resolved() != null || !brief ? 1 : 0;
            flaps += placed.previous() != null
                            && !placed.opened().isAfter(placed.previous().plus(SOON))
                    ? 1
                    : 0;
            open += placed.resolved() == null ? 1 : 0;
            boolean silent = instant(placed.json(), "lastSignalAt").isBefore(now.minus(STALE));
            stale += placed.resolved() == null && silent ? 1 : 0;
        }
        row.put("shorterThan5MinutesShare", known == 0 ? null : (double) ended / known);
        row.put("flaps", flaps);
        row.put("neverResolved", open);
        row.put("stale", stale);
        belonging.stream()
                .map(placed -> placed.json().get("alertName").textValue())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .ifPresent(name -> row.put("alertName", name));
    }

    private static void ofSignals(Map<String, Object> row, List<JsonNode> sent, Set<String> ids) {
        row.put(
                "alerts",
                sent.stream()
                        .filter(signal -> is(signal, "ALERT") && ids.contains(holder(signal)))
                        .count());
        row.put(
                "strays",
                sent.stream()
                        .filter(signal -> is(signal, "OK") && holder(signal) == null)
                        .count());
        double[] lags = sent.stream()
                .filter(signal -> !signal.get("timeEstimated").booleanValue())
                .mapToDouble(signal ->
                        instant(signal, "occurredAt").until(instant(signal, "receivedAt"), ChronoUnit.MICROS) / 1e6)
                .sorted()
                .toArray();
        int half = lags.length / 2;
        row.put(
                "deliveryLagMedianSeconds",
                lags.length == 0 ? null : lags.length % 2 == 1 ? lags[half] : (lags[half - 1] + lags[half]) / 2);
        row.put("deliveryLagMaxSeconds", lags.length == 0 ? null : lags[lags.length - 1]);
        sent.stream()
                .max(Comparator.comparing((JsonNode signal) -> instant(signal, "occurredAt"))
                        .thenComparing(signal -> signal.get("id").asText()))
                .ifPresent(
                        latest -> row.put("alertName", latest.get("alertName").asText()));
    }

    private static boolean is(JsonNode signal, String state) {
        return signal.get("signal").asText().equals(state);
    }

    private static @Nullable String holder(JsonNode signal) {
        return signal.get("incidentId").textValue();
    }

    private static void same(Map<String, Object> expected, JsonNode row, String what) {
        Set<String> columns = new TreeSet<>();
        row.fieldNames().forEachRemaining(columns::add);
        columns.remove("ruleId");
        assertEquals(expected.keySet(), columns, what);
        expected.forEach((column, value) -> {
            JsonNode found = row.get(column);
            String where = what + ": " + column + " is read as " + value + ", and is in " + row;
            if (value instanceof Number number) {
                assertEquals(number.doubleValue(), found.doubleValue(), 2e-6, where);
            } else {
                assertEquals(value, found.textValue(), where);
            }
        });
    }
}
