package foldback.incident;

import foldback.listing.Condition;
import foldback.listing.Facet;
import foldback.listing.Facets;
import foldback.search.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The filters of a list of incidents in SQL, where an incident is called {@code i}. What incidents are called is indexed at their
 * streams, whose {@code terms} know all that they were ever called, so that the incidents themselves need no index for it.
 */
final class IncidentFacets {
    private static final String IN_STREAM = "i.stream_id in (select s.stream_id from streams s where %s)";
    private static final String HAS_ONE = "(s.terms && cast(? as text[]) or s.terms is null)";
    private static final String HAS_ALL = "s.terms @> cast(? as text[])";

    private IncidentFacets() {}

    /** @param silentSince an open incident without a signal since then is stale */
    static Facets since(Instant silentSince) {
        Condition open = Condition.of("i.resolved_at is null");
        Condition stale = Condition.of("(i.resolved_at is null and i.last_at < ?)", silentSince);
        Condition acknowledged = Condition.of("i.acknowledged_at is not null");
        return new Facets()
                .with(
                        "status",
                        Facet.cases(Map.of("open", open, "resolved", Condition.of("i.resolved_at is not null"))))
                .with("stale", truth(stale))
                .with("acknowledged", truth(acknowledged))
                .with("userId", ofStream("s.user_id", "userId"))
                .with("ruleId", ofStream("s.rule_id", "ruleId"))
                .with("alertName", Facet.pattern("i.alert_name").narrowed(IncidentFacets::hasPattern))
                .with("namespace", called("i.namespace", "namespace"))
                .with("metricName", called("i.metric_name", "metricName"))
                .with("level", Facet.level("i.level"))
                .with("peakLevel", Facet.level("i.peak_level"))
                .with("regionId", called("i.region_id", "regionId"))
                .with("groupId", called("i.group_id", "groupId"))
                .with("instanceName", called("i.instance_name", "instanceName"))
                .with("q", Facet.search(IncidentSearch::containing).narrowed(IncidentSearch::narrowing))
                .withKeys("dimensions.", key -> Facet.entry("s.dimensions", key).within(IN_STREAM))
                .withKeys("label.", key -> Facet.entry("cast(i.labels as jsonb)", key)
                        .narrowed(hasOne("label." + key).andThen(has -> has.map(one -> one.inside(IN_STREAM)))));
    }

    /** Whether the filter looks at what makes a stream, and so never changes: its condition speaks of {@code i.stream_id} alone. */
    static boolean isOfStream(String name) {
        return name.equals("userId") || name.equals("ruleId") || name.startsWith("dimensions.");
    }

    private static Facet truth(Condition condition) {
        return Facet.cases(Map.of("true", condition, "false", condition.not()));
    }

    /** What never changes of a stream. */
    private static Facet ofStream(String column, String field) {
        return Facet.text(column).narrowed(hasOne(field)).within(IN_STREAM);
    }

    /** What an incident is called. */
    private static Facet called(String column, String field) {
        return Facet.text(column).narrowed(hasOne(field).andThen(has -> has.map(one -> one.inside(IN_STREAM))));
    }

    private static Function<List<String>, Optional<Condition>> hasOne(String field) {
        return values -> Optional.of(condition(
                HAS_ONE, values.stream().map(value -> Terms.of(field, value)).toList()));
    }

    /** A text with wildcards has the terms of what stands between them. */
    private static Optional<Condition> hasPattern(List<String> values) {
        List<List<String>> terms =
                values.stream().map(value -> Terms.of(value.replace('*', ' '))).toList();
        if (terms.stream().anyMatch(List::isEmpty)) {
            return Optional.empty();
        }
        Condition one = terms.stream()
                .map(all -> condition(HAS_ALL, all))
                .reduce(Condition::or)
                .orElseThrow();
        return Optional.of(one.or(Condition.of("s.terms is null")).inside(IN_STREAM));
    }

    static Condition condition(String sql, List<String> terms) {
        return new Condition(sql, List.of((Object) terms.toArray(String[]::new)));
    }
}
