package foldback.incident;

import foldback.incident.IncidentValues.Candidate;
import foldback.listing.Condition;
import foldback.listing.Parameters;
import foldback.listing.TimeRange;
import foldback.listing.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents are asked for, read from the parameters of a list: as conditions in SQL, where an incident is called {@code i}, and as
 * a test of an incident that is no row. Filters that were read from the same are equal.
 */
public final class IncidentFilter {
    private final Source source;
    private final Where where = new Where();
    private final Where streams = new Where();
    private final List<Condition> narrowing = new ArrayList<>();
    private final List<Condition> ofRow = new ArrayList<>();
    private final List<Condition> opened = new ArrayList<>();
    private final List<Condition> resolved = new ArrayList<>();
    private boolean lasting;
    private boolean streamsOnly = true;
    private final List<Predicate<Candidate>> tests = new ArrayList<>();

    /** All that decides what it asks for. */
    private record Source(Map<String, List<String>> values, Instant asked, Duration staleAfter) {
        static Source of(Parameters parameters, Instant asked, Duration staleAfter) {
            return new Source(
                    parameters.names().stream().collect(Collectors.toMap(Function.identity(), parameters::values)),
                    asked,
                    staleAfter);
        }
    }

    private IncidentFilter(Source source) {
        this.source = source;
    }

    /**
     * Reads the filters and times among the parameters, and refuses what makes no sense under its name.
     *
     * @param asked the instant of the first page, to which staleness runs
     */
    public static IncidentFilter of(Parameters parameters, Instant asked, Duration staleAfter) {
        IncidentFilter filter = new IncidentFilter(Source.of(parameters, asked, staleAfter));
        IncidentFacets.since(asked.minus(staleAfter)).each(parameters, (name, facet, values, excluding) -> {
            Function<Candidate, @Nullable String> value = IncidentValues.of(name);
            Predicate<@Nullable String> test = facet.test(values, excluding);
            String parameter = excluding ? name + "!" : name;
            Condition condition = facet.condition(parameter, values, excluding);
            filter.where.and(condition);
            filter.tests.add(candidate -> test.test(value.apply(candidate)));
            filter.ofRow.add(facet.ofRow(parameter, values, excluding));
            if (IncidentFacets.isOfStream(name)) {
                filter.streams.and(condition);
                filter.narrowing.add(condition);
            } else {
                filter.streamsOnly = false;
                facet.narrowing(values, excluding).ifPresent(filter.narrowing::add);
            }
        });
        filter.restrict(TimeRange.of(parameters), parameters.choice("time", "opened", "resolved", "overlaps"));
        Instant at = parameters.instant("at");
        if (at != null) {
            filter.restrictTo(at);
        }
        return filter;
    }

    /** All conditions; a copy, to be added to. */
    public Where where() {
        return where.copy();
    }

    /** Those that streams meet or not, whatever happens to them; they speak of {@code i.stream_id} alone. A copy, too. */
    public Where ofStreams() {
        return streams.copy();
    }

    /** Whether all filters are conditions on streams, times aside: then each incident of a stream meets them, or none. */
    public boolean looksAtStreamsOnly() {
        return streamsOnly;
    }

    /**
     * How to find them by way of their streams; empty where it says nothing of these.
     *
     * @param by what is sorted by
     */
    Optional<ByStreams> byStreams(Sort.By by) {
        return narrowing.isEmpty() ? Optional.empty() : Optional.of(new ByStreams(narrowing, place(by), ofRow));
    }

    /** Where along the key they are; null where no index has the key, or another one finds them better. */
    private @Nullable List<Condition> place(Sort.By by) {
        if (lasting) {
            return null;
        }
        return switch (by) {
            case OPENED_AT -> opened;
            case RESOLVED_AT -> resolved;
            case DURATION, LAST_SIGNAL_AT, LEVEL, PEAK_LEVEL -> null;
        };
    }

    /**
     * Whether the incident is one of those asked for. The clock that the incident was read by decides whether it is stale.
     *
     * @param notes what people said about it; asked for only where the filter searches texts
     */
    public boolean matches(IncidentView incident, Supplier<List<String>> notes) {
        Candidate candidate = new Candidate(incident, notes);
        return tests.stream().allMatch(test -> test.test(candidate));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IncidentFilter filter && source.equals(filter.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    private void restrict(TimeRange range, String time) {
        Instant since = range.since();
        Instant until = range.until();
        switch (time) {
            case "opened" -> {
                opened.addAll(range.conditions("i.opened_at"));
                opened.forEach(where::and);
                ofRow.addAll(opened);
                tests.add(candidate -> range.holds(candidate.incident().openedAt()));
            }
            case "resolved" -> {
                resolved.add(Condition.of("i.resolved_at is not null"));
                resolved.addAll(range.conditions("i.resolved_at"));
                resolved.forEach(where::and);
                ofRow.addAll(resolved);
                tests.add(candidate -> range.holds(candidate.incident().resolvedAt()));
            }
            default -> overlap(since, until);
        }
    }

    private void overlap(@Nullable Instant since, @Nullable Instant until) {
        if (until != null) {
            and(
                    Condition.of("i.opened_at < ?", until),
                    candidate -> candidate.incident().openedAt().isBefore(until));
        }
        if (since != null) {
            and(Spans.after(since, until), candidate -> {
                Instant resolvedAt = candidate.incident().resolvedAt();
                return resolvedAt == null
                        || resolvedAt.isAfter(since)
                        || !candidate.incident().openedAt().isBefore(since);
            });
        }
    }

    private void restrictTo(Instant at) {
        and(Spans.over(at), candidate -> {
            Instant resolvedAt = candidate.incident().resolvedAt();
            return !candidate.incident().openedAt().isAfter(at) && (resolvedAt == null || resolvedAt.isAfter(at));
        });
    }

    /** Of a time in which incidents last: an index finds those, a walk would not. */
    private void and(Condition condition, Predicate<Candidate> test) {
        where.and(condition);
        ofRow.add(condition);
        tests.add(test);
        lasting = true;
    }
}
