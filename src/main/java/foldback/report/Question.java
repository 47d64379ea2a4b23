package foldback.report;

import foldback.incident.IncidentFilter;
import foldback.listing.Parameters;
import foldback.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
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
 * What a report is asked about, as the query parameters of one request say it; each of them that makes no sense has been refused.
 *
 * @param window the half-open time that it is about
 * @param cohort which incidents belong to the window
 * @param keys what the rows are grouped by, in their order; two at most, and none for all incidents together
 * @param tz the zone of the IANA in which days, weeks, months and hours begin
 * @param target how long an incident may last, from nothing to a hundred years; null where no target was asked for
 * @param compared whether the window before is reported too, so that there is a change
 * @param asked when it was asked, to the microsecond
 * @param asOf the instant of which the incidents are wanted, as they were recorded then; null: as they are
 * @param filter the filters among the parameters, their names (with a {@code !} where they exclude) with what was asked for
 */
public record Question(
        Window window,
        Cohort cohort,
        List<GroupKey> keys,
        String tz,
        @Nullable Duration target,
        boolean compared,
        Instant asked,
        @Nullable Instant asOf,
        Map<String, List<String>> filter) {

    private static final Set<String> OF_REPORTS =
            Set.of("since", "until", "cohort", "groupBy", "tz", "target", "compare", "asOf");
    private static final Set<String> OF_LISTS = Set.of("sort", "limit", "cursor", "count");
    private static final Duration LONGEST_TARGET = Duration.ofDays(36_525);

    /**
     * What a request asks, now.
     *
     * @throws ProblemException with 400, which names the parameter that makes no sense
     */
    public static Question of(UriInfo uri, Clock clock) {
        return of(new Parameters(uri), clock.instant());
    }

    /**
     * What parameters ask.
     *
     * @param asked when, to the microsecond; the window ends then, and open incidents last until then, unless the parameters say otherwise
     * @throws ProblemException with 400, which names the parameter that makes no sense
     */
    public static Question of(Parameters parameters, Instant asked) {
        Instant asOf = parameters.instant("asOf");
        List<GroupKey> keys = GroupKey.of(parameters);
        boolean compared = parameters.has("compare", "previous");
        if (compared && keys.stream().anyMatch(GroupKey::isOfCalendar)) {
            throw Parameters.refused(
                    "compare", "finds no day, week or month in the window before: group by something else");
        }
        return new Question(
                Window.of(parameters, asOf == null ? asked : asOf),
                Cohort.of(parameters),
                keys,
                zone(parameters),
                target(parameters),
                compared,
                asked,
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

    /** The instant to which open incidents last: the one of {@code asOf}, else that at which it was asked. */
    public Instant now() {
        return asOf == null ? asked : asOf;
    }

    /** The same about all of the incidents together. */
    Question ungrouped() {
        return new Question(window, cohort, List.of(), tz, target, compared, asked, asOf, filter);
    }

    /** The same by another key, of this window alone. */
    Question groupedBy(String word) {
        return new Question(window, cohort, List.of(GroupKey.of(word)), tz, null, false, asked, asOf, filter);
    }

    /** The same about all incidents that overlap the window, those included that ended where it begins. */
    Question overlapping() {
        Window wider = new Window(window.since().minus(1, ChronoUnit.MICROS), window.until());
        return new Question(wider, Cohort.OVERLAPS, List.of(), tz, null, false, asked, asOf, filter);
    }

    /** The incidents of a window, this one or the one before. */
    IncidentFilter incidents(Window of, Duration staleAfter) {
        return IncidentFilter.of(new Parameters(list(of)), now(), staleAfter);
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

    private MultivaluedMap<String, String> list(Window of) {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        filter.forEach((name, texts) -> values.put(name, new ArrayList<>(texts)));
        values.putSingle("since", of.since().toString());
        values.putSingle("until", of.until().toString());
        values.putSingle("time", cohort.word());
        return values;
    }

    /** By when something must have been recorded to count, as the database reads it. */
    String known() {
        return asOf == null ? "infinity" : asOf.toString();
    }

    /** What the rows are grouped by, in the words of the parameter {@code groupBy}: {@code alertName}, {@code dimensions.KEY}, {@code week}. */
    public List<String> words() {
        return keys.stream().map(GroupKey::word).toList();
    }
}
