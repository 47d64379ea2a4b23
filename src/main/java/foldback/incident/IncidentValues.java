package foldback.incident;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What each filter of a list of incidents looks at, of an incident as clients see it. */
final class IncidentValues {
    private static final String DIMENSION = "dimensions.";
    private static final String LABEL = "label.";

    private static final Map<String, Function<Candidate, @Nullable String>> NAMED = Map.ofEntries(
            Map.entry("status", of(IncidentView::status)),
            Map.entry("stale", of(incident -> Boolean.toString(incident.stale()))),
            Map.entry("acknowledged", of(incident -> Boolean.toString(incident.acknowledgedAt() != null))),
            Map.entry("userId", of(IncidentView::userId)),
            Map.entry("ruleId", of(IncidentView::ruleId)),
            Map.entry("alertName", of(IncidentView::alertName)),
            Map.entry("namespace", of(IncidentView::namespace)),
            Map.entry("metricName", of(IncidentView::metricName)),
            Map.entry("level", of(IncidentView::level)),
            Map.entry("peakLevel", of(IncidentView::peakLevel)),
            Map.entry("regionId", of(IncidentView::regionId)),
            Map.entry("groupId", of(IncidentView::groupId)),
            Map.entry("instanceName", of(IncidentView::instanceName)),
            Map.entry("q", candidate -> IncidentSearch.text(candidate.incident, candidate.notes.get())));

    /**
     * An incident that a filter is to decide on.
     *
     * @param notes what people said about it; asked for only where the filter searches texts
     */
    record Candidate(IncidentView incident, Supplier<List<String>> notes) {}

    private IncidentValues() {}

    /** @param filter one of {@link IncidentFacets} */
    static Function<Candidate, @Nullable String> of(String filter) {
        Function<Candidate, @Nullable String> named = NAMED.get(filter);
        if (named != null) {
            return named;
        }
        if (filter.startsWith(DIMENSION)) {
            String key = filter.substring(DIMENSION.length());
            return of(incident -> incident.dimensions().get(key));
        }
        if (filter.startsWith(LABEL)) {
            String key = filter.substring(LABEL.length());
            return of(incident -> incident.labels().get(key));
        }
        throw new IllegalArgumentException("no incident has a value for the filter " + filter);
    }

    private static Function<Candidate, @Nullable String> of(Function<IncidentView, @Nullable String> value) {
        return candidate -> value.apply(candidate.incident);
    }
}
