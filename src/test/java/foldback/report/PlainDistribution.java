package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.report.PlainReading.Lasting;
import java.util.List;

/** Calculates buckets and curve from the durations, each from the beginning, and compares. */
final class PlainDistribution {
    private static final long SECOND = 1_000_000;
    private static final double Z = 1.959963984540054;

    private final List<Lasting> lasting;

    PlainDistribution(List<Lasting> lasting) {
        this.lasting = lasting;
    }

    private long resolved(long from, long to) {
        return lasting.stream()
                .filter(one -> !one.open() && one.micros() >= from && one.micros() < to)
                .count();
    }

    private long lastingAtLeast(long micros) {
        return lasting.stream().filter(one -> one.micros() >= micros).count();
    }

    void isThatOf(JsonNode answer, String what) {
        assertEquals(lasting.size(), answer.at("/header/incidents").longValue(), what);
        assertEquals(
                lasting.stream().filter(Lasting::open).count(),
                answer.at("/header/open").longValue(),
                what);
        hasBuckets(answer.get("buckets"), what);
        hasPoints(answer.get("survival"), what);
        long steps = lasting.stream()
                .filter(one -> !one.open())
                .map(Lasting::micros)
                .distinct()
                .count();
        assertEquals(steps, answer.at("/header/steps").longValue(), what);
    }

    private void hasBuckets(JsonNode buckets, String what) {
        long longest = lasting.stream().mapToLong(Lasting::micros).max().orElse(-1);
        long to = 0;
        for (JsonNode bucket : buckets) {
            long from = to;
            assertEquals(from, bucket.get("fromSeconds").longValue() * SECOND, what);
            to = bucket.get("toSeconds").longValue() * SECOND;
            assertTrue(from <= longest, what + ": the longest is before " + bucket);
            assertTrue(from < to && (from < 2 * SECOND || to <= 4 * from), what + ": " + bucket);
            assertEquals(resolved(from, to), bucket.get("count").longValue(), what + ": " + bucket);
            assertEquals(
                    lastingAtLeast(from) - lastingAtLeast(to) - resolved(from, to),
                    bucket.get("open").longValue(),
                    what + ": " + bucket);
        }
        assertTrue(longest < to, what + ": the longest is behind " + to);
    }

    private void hasPoints(JsonNode points, String what) {
        long[] places =
                lasting.stream().mapToLong(Lasting::micros).sorted().distinct().toArray();
        int next = 0;
        for (long place : places) {
            if (resolved(place, place + 1) > 0 || place == places[places.length - 1]) {
                JsonNode point = points.path(next++);
                assertEquals(place / 1e6, point.path("seconds").doubleValue(), 1e-9, what + " at " + next);
                has(place, point, what + ": " + point);
            }
        }
        assertEquals(next, points.size(), what);
    }

    /** Whether a point is exact, whichever others there are. */
    void has(long place, JsonNode point, String what) {
        double share = 1;
        double variance = 0;
        for (long step :
                lasting.stream().mapToLong(Lasting::micros).sorted().distinct().toArray()) {
            if (step <= place) {
                long risk = lastingAtLeast(step);
                long ended = resolved(step, step + 1);
                share *= (double) (risk - ended) / risk;
                variance += (double) ended / risk / (risk - ended);
            }
        }
        assertEquals(lastingAtLeast(place), point.get("atRisk").longValue(), what);
        assertEquals(share, point.get("share").doubleValue(), 1e-9, what);
        if (share == 0) {
            assertTrue(point.get("low").isNull() && point.get("high").isNull(), what);
        } else {
            double width = share == 1 ? 0 : Z * Math.sqrt(variance) / Math.log(share);
            assertEquals(Math.pow(share, Math.exp(-width)), point.get("low").doubleValue(), 1e-9, what);
            assertEquals(Math.pow(share, Math.exp(width)), point.get("high").doubleValue(), 1e-9, what);
        }
    }
}
