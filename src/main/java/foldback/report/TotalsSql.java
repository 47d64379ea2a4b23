package foldback.report;

import java.util.List;

/**
 * What PostgreSQL finds out of the incidents of {@link FactsSql}, a group after the other: a row of what it counts and sums up of the group,
 * then rows of durations, upwards. The first has no {@code micros}. What durations alone tell is not summed up here. An incident is read once
 * and passes by up to three times.
 */
final class TotalsSql {
    private static final String TOTALS = """
            select %s, cast(null as bigint) as micros, count(*) filter (where resolved_at is not null and resolved_earliest is null) as certain,
                count(resolved_earliest) as uncertain, count(*) filter (where resolved_at is null) as open,
                cast(null as bigint) as earliest, count(tta) as acknowledged,
                sum(after_previous) as gaps,
                count(after_previous) as gap_count,
                count(*) filter (where fires_again) as fired_again,
                count(*) filter (where fires_again or resolved_at <= cast(:now as timestamptz) - interval '24 hours')
                    as could_fire_again,
                sum(open_time) as open_time,
                sum(unobserved) as unobserved
            from m
            %s
            """;

    /** Of ends and ages, of earliest ends, and of acknowledgements: the columns that sum up stay empty. */
    private static final String DURATIONS =
            """
            select k1, k2, %2$s, count(*) filter (where resolved_at is not null and resolved_earliest is null), count(resolved_earliest),
                count(*) filter (where resolved_at is null), 0, 0%1$s
            from m group by k1, k2, lasted
            union all
            select k1, k2, %3$s, 0, 0, 0, count(*), 0%1$s from m where earliest is not null group by k1, k2, earliest
            union all
            select k1, k2, %4$s, 0, 0, 0, 0, count(*)%1$s from m where tta is not null group by k1, k2, tta
            """.formatted(", null".repeat(6), Micros.of("lasted"), Micros.of("earliest"), Micros.of("tta"));

    private static final String GROUPS =
            "with m as materialized (%s)\n%sunion all\n%sorder by k1, k2, micros nulls first";

    private TotalsSql() {}

    /** Groups in the order of their keys, what has no value last; without keys there is one. */
    static String groups(List<GroupKey> keys, String measured) {
        String totals = keys.isEmpty()
                ? TOTALS.formatted("cast(null as text) as k1, cast(null as text) as k2", "")
                : TOTALS.formatted("k1, k2", "group by k1, k2");
        return GROUPS.formatted(measured, totals, DURATIONS);
    }
}
