package foldback.report;

import java.util.List;

/** What PostgreSQL sums up for each group, and the durations of each group in their order, from {@link FactsSql}. */
final class TotalsSql {
    private static final String TOTALS = """
            select %3$s,
                count(*) as incidents,
                count(m.resolved_at) as resolved,
                max(m.lasted) filter (where m.resolved_at is null) as oldest,
                count(m.acknowledged_at) as acknowledged,
                count(m.resolved_earliest) as uncertain,
                sum(m.lasted) filter (where m.resolved_at is not null) as ttr,
                max(m.lasted) filter (where m.resolved_at is not null) as ttr_max,
                sum(m.earliest) as earliest,
                sum(m.tta) as tta,
                sum(m.after_previous) as gaps,
                count(m.after_previous) as gap_count,
                count(*) filter (where m.before_next <= %1$d) as fired_again,
                count(*) filter (where m.before_next <= %1$d or m.resolved_at <= cast(:now as timestamptz) - interval '24 hours')
                    as could_fire_again,
                count(*) filter (where m.resolved_at is not null and m.lasted <= :target) as in_target,
                count(*) filter (where m.resolved_at is not null or m.lasted > :target) as could_be_in_target,
                sum(m.open_time) as open_time,
                sum(m.unobserved) as unobserved
            from (%2$s) m
            %4$s
            limit :rows
            """;

    private static final String COUNTS = "select count(*) as incidents, count(m.resolved_at) as resolved from (%s) m";

    private static final String IN_ORDER = """
            with m as not materialized (%s)
            select k1, k2, micros, count(*) filter (where what = 'certain') as certain,
                count(*) filter (where what = 'uncertain') as uncertain, count(*) filter (where what = 'open') as open,
                count(*) filter (where what = 'earliest') as earliest, count(*) filter (where what = 'acknowledged') as acknowledged
            from (
                select k1, k2, lasted as micros, case when resolved_at is null then 'open'
                    when resolved_earliest is null then 'certain' else 'uncertain' end as what from m
                %s
            ) durations
            group by k1, k2, micros
            order by k1, k2, micros
            """;

    private static final String OTHERS = """
            union all
            select k1, k2, earliest, 'earliest' from m where resolved_earliest is not null
            union all
            select k1, k2, tta, 'acknowledged' from m where acknowledged_at is not null
            """;

    private static final long DAY = 86_400_000_000L;

    private TotalsSql() {}

    /** A row a group, in the order of the keys, what has no value last; without keys one row. */
    static String totals(List<GroupKey> keys, String measured) {
        if (keys.isEmpty()) {
            return TOTALS.formatted(DAY, measured, "cast(null as text) as k1, cast(null as text) as k2", "");
        }
        String order = keys.size() == 1 ? "m.k1" : "m.k1, m.k2";
        return TOTALS.formatted(DAY, measured, "m.k1, m.k2", "group by m.k1, m.k2 order by " + order);
    }

    /** One row: how many there are. */
    static String counts(String measured) {
        return COUNTS.formatted(measured);
    }

    /** A row a duration of each group: groups come one after the other, durations upwards. An incident passes by up to three times. */
    static String inOrder(String measured) {
        return IN_ORDER.formatted(measured, OTHERS);
    }

    /** The same of whole durations alone, once each incident. */
    static String lastingInOrder(String measured) {
        return IN_ORDER.formatted(measured, "");
    }
}
