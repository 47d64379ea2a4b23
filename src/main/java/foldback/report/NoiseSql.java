package foldback.report;

/**
 * What the noise report asks in SQL, a row a rule each: of incidents, of signals, and which OKs were no strays. Counts of incidents come from
 * their rows; of the log are read its key, which holds all that is asked of a signal, and the few incidents that cross a border of the window
 * or were reopened.
 */
final class NoiseSql {
    private static final String SINCE = "cast(:since as timestamptz)";
    private static final String UNTIL = "cast(:until as timestamptz)";
    private static final String KNOWN = "e.recorded_at <= cast(:known as timestamptz)";

    /** A rule without an id is known by its alert name, which then makes the stream and never changes. */
    private static final String RULE = "s.rule_id as k1, case when s.rule_id is null then s.alert_name end as k2";

    private static final String IN_WINDOW = "%1$s >= " + SINCE + " and %1$s < " + UNTIL;

    private static final String OVERLAPPING =
            "f.opened_at < " + UNTIL + " and (f.resolved_at is null or f.resolved_at >= " + SINCE + ")";

    private static final String STORED = """
            select i.stream_id, i.first_at, i.first_id, i.last_at, i.last_id, i.opened_at, i.resolved_at, i.resolved_by, i.alert_count,
                i.reopen_count, i.alert_name, %s as previous_resolved_at
            from incidents i
            where %s
            """;

    private static final String PREVIOUS = """
            (select p.resolved_at from incidents p
             where p.stream_id = i.stream_id and (p.first_at, p.first_id) < (i.first_at, i.first_id)
             order by p.first_at desc, p.first_id desc
             limit 1)""";

    private static final String FORMER = """
            union all
            select "streamId", "firstAt", "firstId", "lastAt", "lastId", "openedAt", "resolvedAt", "resolvedBy", "alertCount",
                "reopenCount", "alertName", "previousResolvedAt"
            from json_to_recordset(cast(:former as json)) as f (
                "streamId" uuid, "firstAt" timestamptz, "firstId" uuid, "lastAt" timestamptz, "lastId" uuid, "openedAt" timestamptz,
                "resolvedAt" timestamptz, "resolvedBy" text, "alertCount" integer, "reopenCount" integer, "alertName" text,
                "previousResolvedAt" timestamptz, asked boolean)
            where %s
            """;

    /** The streams of a former report that have recorded nothing since. */
    private static final String UNTOUCHED =
            "(select h.recorded_at from stream_heads h where h.stream_id = i.stream_id) <= cast(:known as timestamptz)";

    /**
     * What happened inside an incident that was reopened, asked of it alone. The first OK, or resolution by hand, behind an ALERT resolves; an
     * ALERT behind a resolution reopens. Where ALERTs were missed, an OK may have reopened and resolved in one: these are not found.
     */
    private static final String COURSE = """
            (select %s from (
                select c.*, max(c.occurred_at) filter (where c.resolves) over (order by c.place) as resolved_at
                from (
                    select c.*, c.kind <> 'ALERT' and coalesce(c.before, 'ALERT') = 'ALERT' as resolves,
                        c.kind = 'ALERT' and c.before <> 'ALERT' as reopens
                    from (
                        select e.occurred_at, coalesce(cast(e.signal as text), 'by hand') as kind,
                            row_number() over w as place, lag(coalesce(cast(e.signal as text), 'by hand')) over w as before
                        from events e
                        where e.stream_id = f.stream_id and e.occurred_at >= f.first_at and e.occurred_at <= f.last_at
                          and (e.occurred_at, e.id) >= (f.first_at, f.first_id) and (e.occurred_at, e.id) <= (f.last_at, f.last_id)
                          and (e.signal in ('ALERT', 'OK') or e.type = 'resolved') and {known}
                        window w as (order by e.occurred_at, e.id)
                    ) c
                ) c
            ) c)""".replace("{known}", KNOWN);

    private static final String REOPENED_SOON = COURSE.formatted(
            "count(*) filter (where c.reopens and c.occurred_at - c.resolved_at <= interval '10 minutes')");

    /** OKs in the window. Those that reopened as well are known to be in it where all of the incident is. */
    private static final String RESOLVED = COURSE.formatted(
            "count(*) filter (where c.resolves and c.kind = 'OK' and " + IN_WINDOW.formatted("c.occurred_at")
                    + ") + case when f.first_at >= " + SINCE + " and f.last_at < " + UNTIL
                    + " then f.reopen_count - count(*) filter (where c.reopens) else 0 end");

    private static final String ALERTS =
            """
            case when f.first_at >= {since} and f.last_at < {until} then f.alert_count else (
                select count(*) from events e
                where e.stream_id = f.stream_id and e.occurred_at >= greatest(f.first_at, {since}) and e.occurred_at <= f.last_at
                  and e.occurred_at < {until} and e.signal = 'ALERT' and {known}
                  and (e.occurred_at, e.id) >= (f.first_at, f.first_id) and (e.occurred_at, e.id) <= (f.last_at, f.last_id)
            ) end""".replace("{since}", SINCE).replace("{until}", UNTIL).replace("{known}", KNOWN);

    private static final String INCIDENTS = """
            select f.k1, f.k2, max(f.alert_name collate "C") as alert_name, cast(sum(f.alerts) as bigint) as alerts,
                count(*) filter (where f.belongs) as incidents,
                count(*) filter (where f.belongs and f.resolved_at is null) as open,
                count(*) filter (where f.belongs and f.resolved_at is null and f.last_at < cast(:silent as timestamptz)) as stale,
                count(*) filter (where f.belongs and f.resolved_at is not null and f.lasted < %1$d) as short,
                count(*) filter (where f.belongs and (f.resolved_at is not null or f.lasted >= %1$d)) as known_short,
                cast(coalesce(sum(f.flaps) filter (where f.belongs), 0) as bigint) as flaps
            from (
                select %2$s, f.alert_name, f.resolved_at, f.last_at, %3$s as belongs, %4$s as alerts, %5$s as lasted,
                    case when f.reopen_count > 0 then %7$s else 0 end
                        + case when f.opened_at - f.previous_resolved_at <= interval '10 minutes' then 1 else 0 end as flaps
                from (%6$s) f
                join streams s on s.stream_id = f.stream_id
            ) f
            group by f.k1, f.k2
            limit :rows
            """;

    private static final String SIGNALS = """
            with rules as (
                select %1$s, array_agg(s.stream_id) as streams from streams s where s.stream_id in (%2$s) group by 1, 2
            )
            select r.k1, r.k2, l.oks, l.lags[1] as lag_median, l.lags[2] as lag_max, n.alert_name
            from rules r
            cross join lateral (
                select count(*) as signals, count(*) filter (where e.signal = 'OK') as oks, max(e.occurred_at) as latest_at,
                    percentile_cont(array[0.5, 1.0]) within group (order by date_part('epoch', e.received_at - e.occurred_at))
                        filter (where not e.time_estimated) as lags
                from events e
                where e.stream_id = any (r.streams) and %3$s and e.signal is not null and %4$s
            ) l
            left join lateral (
                select e.alert_name from events e
                where e.stream_id = any (r.streams) and e.occurred_at = l.latest_at and e.signal is not null and %4$s
                order by e.id desc
                limit 1
            ) n on true
            where l.signals > 0
            limit :rows
            """;

    private static final String RECOVERIES = """
            select %1$s, cast(sum(case when f.reopen_count = 0 then 1 else %2$s end) as bigint) as recoveries
            from (%3$s) f
            join streams s on s.stream_id = f.stream_id
            where f.reopen_count > 0 or f.resolved_by = 'signal' and %4$s
            group by 1, 2
            """;

    private static final long SHORT = 300_000_000;

    private NoiseSql() {}

    /** Of the incidents for which the conditions ask, which are all that overlap the window. */
    static String incidents(Cohort cohort, String where, boolean former) {
        String end = "coalesce(f.resolved_at, cast(:now as timestamptz))";
        return INCIDENTS.formatted(
                SHORT,
                RULE,
                belongs(cohort),
                ALERTS,
                Micros.between("f.opened_at", end),
                asked(PREVIOUS, where, former),
                REOPENED_SOON);
    }

    private static String belongs(Cohort cohort) {
        return switch (cohort) {
            case OPENED -> IN_WINDOW.formatted("f.opened_at");
            case RESOLVED -> "coalesce(" + IN_WINDOW.formatted("f.resolved_at") + ", false)";
            case OVERLAPS ->
                "f.opened_at < %2$s and (f.resolved_at is null or f.resolved_at > %1$s or f.opened_at >= %1$s)"
                        .formatted(SINCE, UNTIL);
        };
    }

    private static String asked(String previous, String where, boolean former) {
        return STORED.formatted(previous, where) + (former ? FORMER.formatted("asked") : "");
    }

    /** The streams of these incidents. */
    static String streamsOf(String where, boolean former) {
        return "select f.stream_id from (%s) f".formatted(asked("null", where, former));
    }

    /** The streams that meet conditions of their own. */
    static String streams(String where) {
        return "select i.stream_id from streams i where " + where;
    }

    /** Of the signals of streams. */
    static String signals(String streams) {
        return SIGNALS.formatted(RULE, streams, IN_WINDOW.formatted("e.occurred_at"), KNOWN);
    }

    /** The OKs that resolved an incident of these streams, whatever else is asked for. */
    static String recoveries(String streams, boolean former) {
        String all = "select * from (" + STORED.formatted("null", former ? UNTOUCHED : "true")
                + (former ? FORMER.formatted("true") : "") + ") f where f.stream_id in (" + streams + ") and "
                + OVERLAPPING;
        return RECOVERIES.formatted(RULE, RESOLVED, all, IN_WINDOW.formatted("f.resolved_at"));
    }
}
