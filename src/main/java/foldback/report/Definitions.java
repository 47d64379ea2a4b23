package foldback.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the columns of a report mean, for whoever reads it; it goes with each report. */
final class Definitions {
    private static final String SURVIVAL =
            "Kaplan-Meier: open incidents count as lasting at least until now (their age), so that leaving them out cannot make a month look good.";

    private static final String INCIDENTS =
            "Incidents of the cohort: opened in, resolved in, or open at some time in the window.";

    private static final String SHA256 =
            "SHA-256, in hex, of the rows as NDJSON: each row's JSON object as it stands here, without blanks, and a line feed behind each.";

    private static final String OF_STREAMS =
            "Filters on userId, ruleId and dimensions choose the streams; with any other filter, those that have a matching incident that overlaps the window.";

    private Definitions() {}

    /** @param target as it was asked for */
    static Map<String, String> of(@Nullable String target, boolean compared) {
        Map<String, String> all = new LinkedHashMap<>();
        counts(all);
        timeToResolve(all);
        survival(all);
        rest(all, target);
        if (compared) {
            all.put(
                    "change",
                    "Median TTR minus that of the window before, which is as long; low and high: its 95 % interval by a seeded bootstrap of "
                            + MedianBootstrap.SAMPLES
                            + " samples. The verdict is cannot tell where the interval holds zero, or either window has fewer than "
                            + Change.FEWEST + " resolved incidents.");
        }
        all.put("sha256", SHA256);
        return all;
    }

    /** Of the buckets and the curve. */
    static Map<String, String> ofDistribution() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("incidents", INCIDENTS);
        all.put("open", "Of these, those that are open now.");
        all.put(
                "buckets",
                "Durations from fromSeconds (included) to toSeconds (not included), without a gap from 0 to the longest. The borders are fixed, each about twice the one before: 1, 2, 5, 10, 30 s, 1, 2, 5, 10, 30 min, 1, 2, 6, 12 h, 1, 2, 7, 14, 30, 90, 180 days, then years of 365 days.");
        all.put(
                "buckets.count",
                "Resolved incidents, by their TTR = resolvedAt - openedAt, whole ones whatever the window.");
        all.put("buckets.open", "Open incidents, by their age: openedAt until now.");
        all.put(
                "survival",
                SURVIVAL
                        + " A point at each duration at which an incident was resolved, and one at the longest, resolved or not; until the next point the curve keeps its height, and before the first it is 1.");
        all.put(
                "survival.share",
                "Share of the incidents that last longer than seconds, after those that were resolved then.");
        all.put("survival.low", "Lower end of its 95 % confidence band (log-log); null where nothing lasts longer.");
        all.put("survival.high", "Upper end of it.");
        all.put(
                "survival.atRisk",
                "Incidents that have lasted for seconds at least, resolved then or later or still open.");
        all.put(
                "steps",
                "At how many durations an incident was resolved. Up to "
                        + Curve.MOST_WHOLE
                        + " all are points. Of more, a step is left out where its share is less than "
                        + Curve.FALL
                        + " below that of the point before it and its duration less than "
                        + Curve.GROWTH
                        + " times as long. Points are exact, whatever was left out.");
        all.put(
                "sha256",
                "SHA-256, in hex, of the buckets and then the points of survival as NDJSON: each one's JSON object as it stands here, without blanks, and a line feed behind each.");
        return all;
    }

    /** Of the rows of the noise report. */
    static Map<String, String> ofNoise() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "ruleId",
                "The rule; a row for each that has an incident of the cohort or a signal in the window, most alerts first, then by ruleId. Empty where callbacks named none: such rules are told by alertName.");
        all.put("alertName", "As its latest signal in the window calls it, else one of its incidents.");
        all.put(
                "alerts",
                "ALERTs that occurred in the window, of incidents that the filters match, whatever the cohort.");
        all.put("incidents", INCIDENTS);
        all.put(
                "shorterThan5MinutesShare",
                "Resolved in less than 5 minutes, over resolved and open for 5 minutes or longer.");
        all.put(
                "flaps",
                "Of these incidents, those opened within 10 minutes of the previous resolution of their stream, and each time that one of them was reopened by an ALERT that occurred within 10 minutes of its resolution (only where reopening is configured).");
        all.put("strays", "OKs that occurred in the window and ended nothing. " + OF_STREAMS);
        all.put("neverResolved", "Of the incidents, those that are open now.");
        all.put(
                "stale",
                "Of these, those that are silent for longer than is usual: the OK was probably lost, or the rule deleted.");
        all.put(
                "deliveryLagMedianSeconds",
                "Median of receivedAt minus occurredAt, of signals that occurred in the window and carry a time of their own; less than zero where CloudMonitor's clock is ahead. "
                        + OF_STREAMS);
        all.put("deliveryLagMaxSeconds", "The longest of these.");
        all.put("sha256", SHA256);
        return all;
    }

    private static void counts(Map<String, String> all) {
        all.put("incidents", INCIDENTS);
        all.put("resolved", "Of these, those that are resolved now.");
        all.put("open", "Of these, those that are open now.");
        all.put("oldestOpenSeconds", "How long the oldest open one has lasted until now.");
        all.put("acknowledged", "Incidents that somebody has acknowledged, and not taken back.");
        all.put(
                "uncertainEndShare",
                "Share of the resolved ones that ended while there was no data: they may have ended earlier, at resolvedEarliest.");
    }

    private static void timeToResolve(Map<String, String> all) {
        all.put(
                "ttrMeanSeconds",
                "TTR = resolvedAt - openedAt of resolved incidents, whole ones whatever the window. All seconds are calculated from exact ones, and rounded to the microsecond at the end.");
        all.put(
                "ttrMedianSeconds",
                "Half of the resolved ones were resolved in this time. Percentiles are interpolated.");
        all.put("ttrP75Seconds", "75 of 100 were resolved in this time.");
        all.put("ttrP90Seconds", "90 of 100 were resolved in this time.");
        all.put("ttrP95Seconds", "95 of 100 were resolved in this time.");
        all.put("ttrMaxSeconds", "The longest TTR.");
        all.put(
                "ttrMeanEarliestSeconds",
                "Mean TTR with resolvedEarliest as the end where it is set: the lower bound.");
        all.put(
                "ttrMedianEarliestSeconds",
                "Median TTR with resolvedEarliest as the end where it is set: the lower bound.");
    }

    private static void survival(Map<String, String> all) {
        all.put(
                "ttrMedianSurvivalSeconds",
                "The time that half of all incidents outlast. " + SURVIVAL
                        + " Empty while fewer than half have ended.");
        all.put("ttrMedianSurvivalSecondsLow", "Lower end of its 95 % confidence interval (log-log).");
        all.put("ttrMedianSurvivalSecondsHigh", "Upper end of it; empty where it is open.");
        all.put(
                "ttrRestrictedMeanSeconds",
                "Mean duration up to the longest one of the group, ended or not: the area under the Kaplan-Meier curve.");
    }

    private static void rest(Map<String, String> all, @Nullable String target) {
        all.put("ttaMeanSeconds", "TTA = acknowledgedAt - openedAt, of acknowledged incidents.");
        all.put("ttaMedianSeconds", "Half of the acknowledged ones were acknowledged in this time.");
        all.put("ttaP90Seconds", "90 of 100 were acknowledged in this time.");
        all.put("mtbfSeconds", "Mean of openedAt minus resolvedAt of the previous incident of the same stream.");
        all.put(
                "refireWithin24hShare",
                "Share whose stream opened another incident within 24 hours of the resolution, over those resolved at least 24 hours ago or already fired again.");
        all.put(
                "withinTargetShare",
                target == null
                        ? "No target was asked for."
                        : "Resolved within the target " + target + ", over resolved and open for longer than it.");
        all.put(
                "openSecondsTotal",
                "Sum of the times that they were open, until now; in the cohort overlaps only what lies in the window.");
        all.put("unobservedSecondsTotal", "Sum of the times in which there was no data, cut likewise.");
    }
}
