package foldback.incident;

import foldback.listing.Condition;
import foldback.listing.Facet;
import foldback.listing.Facets;
import foldback.listing.Parameters;
import foldback.listing.TimeRange;
import foldback.listing.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Which incidents are asked for, read from the parameters of a list. The query calls incidents {@code i}. */
final class IncidentFilter {
    private static final String IN_STREAM = "i.stream_id in (select s.stream_id from streams s where %s)";

    private IncidentFilter() {}

    /**
     * @param asked the instant of the first page, to which staleness runs
     */
    static Where of(Parameters parameters, Instant asked, Duration staleAfter) {
        Where where = facets(asked.minus(staleAfter)).where(parameters);
        restrictTime(where, parameters);
        Instant at = parameters.instant("at");
        if (at != null) {
            where.and(Condition.of("i.opened_at <= ?", at));
            where.and(Condition.of("(i.resolved_at is null or i.resolved_at > ?)", at));
        }
        return where;
    }

    private static Facets facets(Instant silentSince) {
        Condition open = Condition.of("i.resolved_at is null");
        Condition stale = Condition.of("(i.resolved_at is null and i.last_at < ?)", silentSince);
        Condition acknowledged = Condition.of("i.acknowledged_at is not null");
        return new Facets()
                .with(
                        "status",
                        Facet.cases(Map.of("open", open, "resolved", Condition.of("i.resolved_at is not null"))))
                .with("stale", truth(stale))
                .with("acknowledged", truth(acknowledged))
                .with("userId", Facet.text("s.user_id").within(IN_STREAM))
                .with("ruleId", Facet.text("s.rule_id").within(IN_STREAM))
                .with("alertName", Facet.pattern("i.alert_name"))
                .with("namespace", Facet.text("i.namespace"))
                .with("metricName", Facet.text("i.metric_name"))
                .with("level", Facet.level("i.level"))
                .with("peakLevel", Facet.level("i.peak_level"))
                .with("regionId", Facet.text("i.region_id"))
                .with("groupId", Facet.text("i.group_id"))
                .with("instanceName", Facet.text("i.instance_name"))
                .withKeys("dimensions.", key -> Facet.entry("s.dimensions", key).within(IN_STREAM))
                .withKeys("label.", key -> Facet.entry("cast(i.labels as jsonb)", key));
    }

    private static Facet truth(Condition condition) {
        return Facet.cases(Map.of("true", condition, "false", condition.not()));
    }

    private static void restrictTime(Where where, Parameters parameters) {
        TimeRange range = TimeRange.of(parameters);
        switch (parameters.choice("time", "opened", "resolved", "overlaps")) {
            case "opened" -> range.restrict(where, "i.opened_at");
            case "resolved" -> {
                where.and(Condition.of("i.resolved_at is not null"));
                range.restrict(where, "i.resolved_at");
            }
            default -> overlaps(where, range);
        }
    }

    private static void overlaps(Where where, TimeRange range) {
        if (range.until() != null) {
            where.and(Condition.of("i.opened_at < ?", range.until()));
        }
        if (range.since() != null) {
            where.and(Condition.of(
                    "(i.resolved_at is null or i.resolved_at > ? or i.opened_at >= ?)", range.since(), range.since()));
        }
    }
}
