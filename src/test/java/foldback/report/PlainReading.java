package foldback.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a report off the list of incidents, plainly and slowly, as one would with pencil and paper. */
final class PlainReading {
    private static final Duration DAY = Duration.ofHours(24);

    /** One incident of the list, its neighbours in its stream, and the stretches that its timeline shows without data. */
    private final class One {
        final JsonNode json;
        final Instant opened;
        final @Nullable Instant resolved;
        final @Nullable Instant earliest;
        final @Nullable Instant acknowledged;

        @Nullable
        Instant previousResolved;

        @Nullable
        Instant nextOpened;

        One(JsonNode json) {
            this.json = json;
            opened = Instant.parse(json.get("openedAt").asText());
            resolved = instant("resolvedAt");
            earliest = instant("resolvedEarliest");
            acknowledged = instant("acknowledgedAt");
        }

        private @Nullable Instant instant(String field) {
            return json.get(field).isNull()
                    ? null
                    : Instant.parse(json.get(field).asText());
        }

        Instant end() {
            return resolved == null ? now : resolved;
        }

        boolean belongs() {
            return switch (cohort) {
                case "opened" -> inWindow(opened);
                case "resolved" -> resolved != null && inWindow(resolved);
                default ->
                    opened.isBefore(until) && (resolved == null || resolved.isAfter(since) || !opened.isBefore(since));
            };
        }

        private boolean inWindow(Instant at) {
            return !at.isBefore(since) && at.isBefore(until);
        }

        @Nullable
        String key(String key) {
            ZonedDateTime at = (cohort.equals("resolved") && resolved != null ? resolved : opened).atZone(zone);
            return switch (key) {
                case "day" -> at.toLocalDate().toString();
                case "month" -> at.toLocalDate().toString().substring(0, 7);
                case "week" ->
                    "%04d-W%02d"
                            .formatted(at.get(IsoFields.WEEK_BASED_YEAR), at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
                case "hourOfDay" -> Integer.toString(at.getHour());
                case "dayOfWeek" -> Integer.toString(at.getDayOfWeek().getValue());
                default -> field(key);
            };
        }

        private @Nullable String field(String key) {
            JsonNode node = json;
            for (String part : key.replaceFirst("^label\\.", "labels.").split("\\.", 2)) {
                node = node.path(part);
            }
            return node.isMissingNode() || node.isNull() ? null : node.asText();
        }

        double unobserved() {
            boolean across = opened.isBefore(since) || end().isAfter(until);
            double whole = json.get("unobservedSeconds").doubleValue();
            if (!cohort.equals("overlaps") || !across || whole == 0) {
                return whole;
            }
            double total = 0;
            Instant lost = null;
            for (JsonNode entry : TIMELINES.computeIfAbsent(json.get("id").asText(), PlainReading::timeline)) {
                Instant at = Instant.parse(entry.get("occurredAt").asText());
                String effect = entry.get("effect").asText();
                if (effect.equals("unobserved")) {
                    lost = lost == null ? at : lost;
                } else if (lost != null
                        && List.of("counted", "level", "resolved").contains(effect)) {
                    total += inside(lost, at);
                    lost = null;
                }
            }
            return lost == null ? total : total + inside(lost, now);
        }

        double inside(Instant begin, Instant end) {
            Instant from = begin.isBefore(since) ? since : begin;
            Instant to = end.isAfter(until) ? until : end;
            return Math.max(0, seconds(from, to));
        }
    }

    /** Read once, whatever is asked. */
    private static final Map<String, JsonNode> TIMELINES = new HashMap<>();

    private final Instant now;
    private final Instant since;
    private final Instant until;
    private final String cohort;
    private final ZoneId zone;
    private final Duration target;
    private final List<One> all = new ArrayList<>();

    PlainReading(
            List<JsonNode> listed,
            Instant now,
            Instant since,
            Instant until,
            String cohort,
            ZoneId zone,
            Duration target) {
        this.now = now;
        this.since = since;
        this.until = until;
        this.cohort = cohort;
        this.zone = zone;
        this.target = target;
        listed.forEach(incident -> all.add(new One(incident)));
        Map<String, List<One>> streams = new HashMap<>();
        all.forEach(one -> streams.computeIfAbsent(one.json.get("streamId").asText(), none -> new ArrayList<>())
                .add(one));
        streams.values().forEach(PlainReading::line);
    }

    private static void line(List<One> stream) {
        stream.sort(Comparator.comparing((One one) -> one.opened).thenComparing(One::end));
        for (int at = 1; at < stream.size(); at++) {
            stream.get(at).previousResolved = stream.get(at - 1).resolved;
            stream.get(at - 1).nextOpened = stream.get(at).opened;
        }
    }

    private static JsonNode timeline(String incident) {
        return Outages.read("/api/incidents/" + incident + "/timeline").get("items");
    }

    private static double seconds(Instant begin, Instant end) {
        return begin.until(end, ChronoUnit.MICROS) / 1e6;
    }

    /** How long an incident has lasted. */
    record Lasting(long micros, boolean open) {}

    /** Of each one that belongs. */
    List<Lasting> lasting() {
        return all.stream()
                .filter(One::belongs)
                .map(one -> new Lasting(one.opened.until(one.end(), ChronoUnit.MICROS), one.resolved == null))
                .toList();
    }

    /**
     * An incident at its place in its stream.
     *
     * @param previous when the one before it was resolved
     * @param belongs to the cohort
     */
    record Placed(
            JsonNode json,
            Instant opened,
            @Nullable Instant resolved,
            @Nullable Instant previous,
            boolean belongs) {}

    /** All incidents, those too that do not belong. */
    List<Placed> placed() {
        return all.stream()
                .map(one -> new Placed(one.json, one.opened, one.resolved, one.previousResolved, one.belongs()))
                .toList();
    }

    /** The rows by the values of their keys. */
    Map<List<String>, Map<String, Object>> rows(List<String> keys) {
        Map<List<String>, List<One>> groups = new TreeMap<>(Comparator.comparing(List::toString));
        if (keys.isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (One one : all) {
            if (one.belongs()) {
                List<String> group =
                        keys.stream().map(key -> String.valueOf(one.key(key))).toList();
                groups.computeIfAbsent(group, none -> new ArrayList<>()).add(one);
            }
        }
        Map<List<String>, Map<String, Object>> rows = new TreeMap<>(Comparator.comparing(List::toString));
        groups.forEach((group, ones) -> rows.put(group, row(ones)));
        return rows;
    }

    private Map<String, Object> row(List<One> ones) {
        Map<String, Object> row = new TreeMap<>();
        List<One> resolved = ones.stream().filter(one -> one.resolved != null).toList();
        List<One> open = ones.stream().filter(one -> one.resolved == null).toList();
        List<One> seen = ones.stream().filter(one -> one.acknowledged != null).toList();
        row.put("incidents", (double) ones.size());
        row.put("resolved", (double) resolved.size());
        row.put("open", (double) open.size());
        row.put("oldestOpenSeconds", max(values(open, one -> seconds(one.opened, now))));
        row.put("acknowledged", (double) seen.size());
        row.put(
                "uncertainEndShare",
                share(
                        resolved,
                        resolved.stream().filter(one -> one.earliest != null).count()));
        double[] ttr = values(resolved, one -> seconds(one.opened, one.end()));
        row.put("ttrMeanSeconds", mean(ttr));
        row.put("ttrMedianSeconds", percentile(ttr, 0.5));
        row.put("ttrP75Seconds", percentile(ttr, 0.75));
        row.put("ttrP90Seconds", percentile(ttr, 0.9));
        row.put("ttrP95Seconds", percentile(ttr, 0.95));
        row.put("ttrMaxSeconds", max(ttr));
        double[] least = values(resolved, one -> seconds(one.opened, one.earliest == null ? one.end() : one.earliest));
        row.put("ttrMeanEarliestSeconds", mean(least));
        row.put("ttrMedianEarliestSeconds", percentile(least, 0.5));
        double[] tta = values(seen, one -> seconds(one.opened, one.acknowledged));
        row.put("ttaMeanSeconds", mean(tta));
        row.put("ttaMedianSeconds", percentile(tta, 0.5));
        row.put("ttaP90Seconds", percentile(tta, 0.9));
        List<One> later =
                ones.stream().filter(one -> one.previousResolved != null).toList();
        row.put("mtbfSeconds", mean(values(later, one -> seconds(one.previousResolved, one.opened))));
        List<One> known = resolved.stream()
                .filter(one -> refired(one) || !one.end().isAfter(now.minus(DAY)))
                .toList();
        row.put(
                "refireWithin24hShare",
                share(known, known.stream().filter(PlainReading::refired).count()));
        long within = resolved.stream().filter(one -> !longer(one)).count();
        List<One> judged =
                ones.stream().filter(one -> one.resolved != null || longer(one)).toList();
        row.put("withinTargetShare", share(judged, within));
        boolean cut = cohort.equals("overlaps");
        row.put(
                "openSecondsTotal",
                sum(values(ones, one -> cut ? one.inside(one.opened, one.end()) : seconds(one.opened, one.end()))));
        row.put("unobservedSecondsTotal", sum(values(ones, One::unobserved)));
        survival(row, ones);
        return row;
    }

    private boolean longer(One one) {
        return Duration.between(one.opened, one.end()).compareTo(target) > 0;
    }

    private static boolean refired(One one) {
        return one.resolved != null
                && one.nextOpened != null
                && Duration.between(one.resolved, one.nextOpened).compareTo(DAY) <= 0;
    }

    private void survival(Map<String, Object> row, List<One> ones) {
        double[] lasted = values(ones, one -> seconds(one.opened, one.end()));
        double[] resolved = values(
                ones.stream().filter(one -> one.resolved != null).toList(), one -> seconds(one.opened, one.end()));
        double[] times = Arrays.stream(lasted).distinct().toArray();
        double[][] curves = new double[3][times.length];
        double area = 0;
        double variance = 0;
        BigDecimal share = BigDecimal.ONE;
        for (int at = 0; at < times.length; at++) {
            area += (times[at] - (at == 0 ? 0 : times[at - 1])) * (at == 0 ? 1 : curves[0][at - 1]);
            double time = times[at];
            long risk = Arrays.stream(lasted).filter(each -> each >= time).count();
            long died = Arrays.stream(resolved).filter(each -> each == time).count();
            share = share.multiply(BigDecimal.valueOf(risk - died))
                    .divide(BigDecimal.valueOf(risk), MathContext.DECIMAL128);
            variance += (double) died / (risk * (double) (risk - died));
            double s = share.doubleValue();
            curves[0][at] = s;
            double theta = 1.959963984540054 * Math.sqrt(variance) / Math.log(s);
            curves[1][at] = s == 1 ? 1 : s == 0 ? Double.NaN : Math.pow(s, Math.exp(-theta));
            curves[2][at] = s == 1 ? 1 : s == 0 ? Double.NaN : Math.pow(s, Math.exp(theta));
        }
        row.put("ttrMedianSurvivalSeconds", half(times, curves[0]));
        row.put("ttrMedianSurvivalSecondsLow", half(times, curves[1]));
        row.put("ttrMedianSurvivalSecondsHigh", half(times, curves[2]));
        row.put("ttrRestrictedMeanSeconds", ones.isEmpty() ? null : area);
    }

    private static @Nullable Double half(double[] times, double[] curve) {
        for (int at = 0; at < times.length; at++) {
            if (curve[at] < 0.5 + 1e-9) {
                for (int lower = at + 1; lower < times.length && curve[at] > 0.5 - 1e-9; lower++) {
                    if (curve[lower] < curve[at] - 1e-9) {
                        return (times[at] + times[lower]) / 2;
                    }
                }
                return times[at];
            }
        }
        return null;
    }

    private static double[] values(List<One> ones, Function<One, Double> value) {
        return ones.stream().mapToDouble(value::apply).sorted().toArray();
    }

    private static @Nullable Double share(List<One> of, long part) {
        return of.isEmpty() ? null : (double) part / of.size();
    }

    private static double sum(double[] values) {
        return Arrays.stream(values)
                .mapToObj(BigDecimal::valueOf)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    private static @Nullable Double mean(double[] values) {
        return values.length == 0 ? null : sum(values) / values.length;
    }

    private static @Nullable Double max(double[] sorted) {
        return sorted.length == 0 ? null : sorted[sorted.length - 1];
    }

    private static @Nullable Double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return null;
        }
        double place = share * (sorted.length - 1);
        double low = sorted[(int) Math.floor(place)];
        return low + (place - Math.floor(place)) * (sorted[(int) Math.ceil(place)] - low);
    }
}
