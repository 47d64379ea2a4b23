package foldback.report;

import foldback.incident.IncidentFilter;
import foldback.listing.Parameters;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a report is asked about.
 *
 * @param now the instant to which open incidents last
 * @param asOf the same where it was asked for, else null
 * @param filter the filters among the parameters
 */
record Question(
        Window window,
        Cohort cohort,
        List<GroupKey> keys,
        String tz,
        @Nullable Duration target,
        boolean compared,
        Instant now,
        @Nullable Instant asOf,
        Map<String, List<String>> filter) {

    private static final Set<String> OF_REPORTS =
            Set.of("since", "until", "cohort", "groupBy", "tz", "target", "compare", "asOf");
    private static final Set<String> OF_LISTS = Set.of("sort", "limit", "cursor", "count");
    private static final Duration LONGEST_TARGET = Duration.ofDays(36_525);

    /** @param clock what is now unless the parameters say otherwise */
    static Question of(Parameters parameters, Instant clock) {
        Instant asOf = parameters.instant("asOf");
        Instant now = asOf == null ? clock : asOf;
        List<GroupKey> keys = GroupKey.of(parameters);
        boolean compared = parameters.has("compare", "previous");
        if (compared && keys.stream().anyMatch(GroupKey::isOfCalendar)) {
            throw Parameters.refused(
                    "compare", "finds no day, week or month in the window before: group by something else");
        }
        return new Question(
                Window.of(parameters, now),
                Cohort.of(parameters),
                keys,
                zone(parameters),
                target(parameters),
                compared,
                now,
                asOf,
                filter(parameters));
    }

    private static String zone(Parameters parameters) {
        String tz = parameters.single("tz").orElse("UTC");
        if (!ZoneId.getAvailableZoneIds().contains(tz) || tz.startsWith("SystemV/")) {
            throw Parameters.refused("tz", "should be a zone of the IANA such as Asia/Shanghai");
        }
        return tz;
    }

    private static @Nullable Duration target(Parameters parameters) {
        String text = parameters.single("target").orElse(null);
        try {
            Duration target = text == null ? null : Duration.parse(text);
            if (target == null || (!target.isNegative() && target.compareTo(LONGEST_TARGET) <= 0)) {
                return target;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // Refused below.
        }
        throw Parameters.refused("target", "should be a duration such as PT30M, of a hundred years at most");
    }

    private static Map<String, List<String>> filter(Parameters parameters) {
        Map<String, List<String>> filter = new TreeMap<>();
        for (String name : parameters.names()) {
            if (!OF_REPORTS.contains(name) && !OF_LISTS.contains(name)) {
                filter.put(name, List.copyOf(parameters.values(name)));
            }
        }
        return filter;
    }

    /** The same about all of the incidents together. */
    Question ungrouped() {
        return new Question(window, cohort, List.of(), tz, target, compared, now, asOf, filter);
    }

    /** The same by another key, of this window alone. */
    Question groupedBy(String word) {
        return new Question(window, cohort, List.of(GroupKey.of(word)), tz, null, false, now, asOf, filter);
    }

    /** The same about all incidents that overlap the window, those included that ended where it begins. */
    Question overlapping() {
        Window wider = new Window(window.since().minus(1, ChronoUnit.MICROS), window.until());
        return new Question(wider, Cohort.OVERLAPS, List.of(), tz, null, false, now, asOf, filter);
    }

    /** The incidents of a window, this one or the one before. */
    IncidentFilter incidents(Window asked, Duration staleAfter) {
        return IncidentFilter.of(new Parameters(list(asked)), now, staleAfter);
    }

    /** The parameters of the list of incidents that are behind the report, with those of its pages. */
    Parameters list(Parameters pages) {
        MultivaluedMap<String, String> values = list(window);
        for (String name : OF_LISTS) {
            pages.single(name).ifPresent(value -> values.putSingle(name, value));
        }
        if (asOf != null) {
            values.putSingle("asOf", asOf.toString());
        }
        return new Parameters(values);
    }

    private MultivaluedMap<String, String> list(Window asked) {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        filter.forEach((name, texts) -> values.put(name, new ArrayList<>(texts)));
        values.putSingle("since", asked.since().toString());
        values.putSingle("until", asked.until().toString());
        values.putSingle("time", cohort.word());
        return values;
    }

    /** By when something must have been recorded to count, as the database reads it. */
    String known() {
        return asOf == null ? "infinity" : asOf.toString();
    }

    /** The keys, as they are asked for. */
    List<String> words() {
        return keys.stream().map(GroupKey::word).toList();
    }
}
