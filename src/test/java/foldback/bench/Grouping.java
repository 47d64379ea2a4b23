package foldback.bench;

import java.time.Instant;
import java.util.List;

/**
 * What reports are grouped by.
 *
 * @param keys as the report calls them
 * @param sql the same of an incident {@code i} of a stream {@code s}
 * @param bar how many times as long the report may take as the bare query
 */
record Grouping(String keys, String sql, double bar) {
    private static final String BARE = """
            select %s, count(*), avg(cast(extract(epoch from i.resolved_at - i.opened_at) as float8)),
                percentile_cont(0.5) within group (order by cast(extract(epoch from i.resolved_at - i.opened_at) as float8)),
                percentile_cont(0.9) within group (order by cast(extract(epoch from i.resolved_at - i.opened_at) as float8))
            from incidents i%s
            where i.opened_at >= '%s' and i.opened_at < '%s'
            group by %s
            """;

    static final List<Grouping> ALL = List.of(
            one("alertName", "i.alert_name"),
            one("level", "i.level"),
            one("ruleId", "s.rule_id"),
            one("regionId", "i.region_id"),
            one("month", local("YYYY-MM")),
            one("day", local("YYYY-MM-DD")),
            one("hourOfDay", local("HH24")),
            one("dimensions.userId", "s.dimensions ->> 'userId'"),
            one("label.team", "cast(i.labels as jsonb) ->> 'team'"),
            two("alertName,month", "i.alert_name, " + local("YYYY-MM")),
            two("ruleId,level", "s.rule_id, i.level"),
            two("level,hourOfDay", "i.level, " + local("HH24")));

    private static Grouping one(String key, String sql) {
        return new Grouping(key, sql, 3);
    }

    private static Grouping two(String keys, String sql) {
        return new Grouping(keys, sql, 4);
    }

    private static String local(String format) {
        return "to_char(i.opened_at at time zone '%s', '%s')".formatted(ReportBench.ZONE, format);
    }

    /** What the figure of the bare query is called. */
    String bare() {
        return keys + " in SQL";
    }

    /** Counts, means, medians and 90th percentiles of durations, as somebody would ask for them by hand. */
    String query(Instant since, Instant until) {
        String streams = sql.contains("s.") ? " join streams s on s.stream_id = i.stream_id" : "";
        return BARE.formatted(sql, streams, since, until, keys.contains(",") ? "1, 2" : "1");
    }
}
