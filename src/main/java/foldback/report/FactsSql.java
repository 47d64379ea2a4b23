package foldback.report;

import foldback.ledger.IncidentSpans;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reports read of each incident, in SQL: {@code m}, with the two keys of its group, and how long it took: as intervals, of which there are
 * fewer than incidents, and in microseconds what is summed up. Incidents that were folded again come beside the stored ones. The parameters are
 * {@code now}, {@code since}, {@code until}, and those of the conditions.
 */
final class FactsSql {
    private static final String STREAMS = " join streams s on s.stream_id = i.stream_id";

    private static final String STORED = """
            select %s as k1, %s as k2, i.stream_id, i.first_at, i.opened_at, i.resolved_at, i.resolved_earliest, i.acknowledged_at,
                i.unobserved_micros, i.unobserved_since, %s as previous_resolved_at, %s as next_opened_at
            from incidents i{streams}
            """;

    private static final String LOOKED_UP =
            STORED.formatted("%s", "%s", "p.resolved_at", "n.opened_at") + IncidentSpans.PREVIOUS + """
            left join lateral (
                select n.opened_at from incidents n
                where n.stream_id = i.stream_id and (n.first_at, n.first_id) > (i.first_at, i.first_id)
                order by n.first_at, n.first_id
                limit 1
            ) n on true
            where %s
            """;

    /**
     * The conditions are found out of all incidents, for the neighbours of those that meet them may not. What is behind {@code offset 0} the
     * planner does not look into: it would read along the key of the order, each incident from another page, instead of sorting.
     */
    private static final String WALKED = """
            select k1, k2, stream_id, first_at, opened_at, resolved_at, resolved_earliest, acknowledged_at,
                unobserved_micros, unobserved_since, previous_resolved_at, next_opened_at
            from (
                select *, lag(resolved_at) over w as previous_resolved_at, lead(opened_at) over w as next_opened_at
                from (
                    select %s as k1, %s as k2, i.stream_id, i.first_at, i.first_id, i.opened_at, i.resolved_at, i.resolved_earliest,
                        i.acknowledged_at, i.unobserved_micros, i.unobserved_since, (%s) as asked
                    from incidents i{streams}
                    offset 0
                ) i
                window w as (partition by stream_id order by first_at, first_id)
            ) i
            where asked
            """;

    private static final String ALONE =
            STORED.formatted("%s", "%s", "cast(null as timestamptz)", "cast(null as timestamptz)") + "where %s\n";

    private static final String FORMER = """
            union all
            select k1, k2, "streamId", "firstAt", "openedAt", "resolvedAt", "resolvedEarliest", "acknowledgedAt",
                "unobservedMicros", "unobservedSince", "previousResolvedAt", "nextOpenedAt"
            from json_to_recordset(cast(:former as json)) as f (
                k1 text, k2 text, "streamId" uuid, "firstAt" timestamptz, "openedAt" timestamptz, "resolvedAt" timestamptz,
                "resolvedEarliest" timestamptz, "acknowledgedAt" timestamptz, "unobservedMicros" bigint,
                "unobservedSince" timestamptz, "previousResolvedAt" timestamptz, "nextOpenedAt" timestamptz)
            """;

    /**
     * A stretch without data ends where the next signal or the resolution is; it belongs to the incident where the last one before that
     * said something was an ALERT. Stretches that still last are not among them.
     */
    private static final String STRETCHES = """
            (select coalesce(sum(%s), 0) from (
                select e.occurred_at as begins, e.signal, lead(e.occurred_at) over w as ends,
                    max(case e.signal when 'ALERT' then 2 * e.place + 1 when 'INSUFFICIENT_DATA' then null else 2 * e.place end)
                        over w as last_said
                from (
                    select e.occurred_at, e.id, e.signal, row_number() over (order by e.occurred_at, e.id) as place
                    from events e
                    where e.stream_id = f.stream_id and e.occurred_at >= f.first_at
                      and (f.resolved_at is null or e.occurred_at <= f.resolved_at)
                      and e.type in ('signal', 'resolved') and e.recorded_at <= cast(:known as timestamptz)
                ) e
                window w as (order by e.place)
            ) e
            where e.signal = 'INSUFFICIENT_DATA' and e.last_said %% 2 = 1 and e.ends is not null
              and (f.unobserved_since is null or e.begins < f.unobserved_since))
            """;

    private static final String NOW = "cast(:now as timestamptz)";
    private static final String SINCE = "cast(:since as timestamptz)";
    private static final String UNTIL = "cast(:until as timestamptz)";

    private FactsSql() {}

    /**
     * What the keys are, of what rows.
     *
     * @param where the conditions on an incident {@code i}
     * @param former whether some come as the parameter {@code former}
     */
    static String measured(
            List<GroupKey> keys, Cohort cohort, String where, NeighbourSearch neighbours, boolean former) {
        String stored =
                switch (neighbours) {
                    case NONE -> ALONE;
                    case LOOKED_UP -> LOOKED_UP;
                    case WALKED -> WALKED;
                };
        String facts = stored.replace("{streams}", keys.stream().anyMatch(GroupKey::isOfStream) ? STREAMS : "")
                        .formatted(stored(keys, 0), stored(keys, 1), where)
                + (former ? FORMER : "");
        return "select %s, %s, f.resolved_at, f.resolved_earliest,\n%s\nfrom (%s) f"
                .formatted(shown(keys, 0, cohort), shown(keys, 1, cohort), durations(cohort), facts);
    }

    private static String stored(List<GroupKey> keys, int at) {
        @Nullable String sql = at < keys.size() ? keys.get(at).stored() : null;
        return sql == null ? "cast(null as text)" : sql.formatted(":key" + at);
    }

    private static String shown(List<GroupKey> keys, int at, Cohort cohort) {
        @Nullable String format = at < keys.size() ? keys.get(at).format() : null;
        String name = "k" + (at + 1);
        return format == null
                ? "f.%s collate \"C\" as %1$s".formatted(name)
                : "to_char(%s at time zone cast(:tz as text), '%s') collate \"C\" as %s"
                        .formatted(cohort.instant(), format, name);
    }

    private static String durations(Cohort cohort) {
        String end = "coalesce(f.resolved_at, " + NOW + ")";
        boolean cut = cohort == Cohort.OVERLAPS;
        return String.join(
                ",\n",
                Micros.interval("f.opened_at", end) + " as lasted",
                Micros.interval("f.opened_at", "f.resolved_earliest") + " as earliest",
                Micros.interval("f.opened_at", "f.acknowledged_at") + " as tta",
                Micros.between("f.previous_resolved_at", "f.opened_at") + " as after_previous",
                "f.next_opened_at <= f.resolved_at + interval '24 hours' as fires_again",
                (cut ? inWindow("f.opened_at", end) : "cast(null as bigint)") + " as open_time",
                unobserved(cut) + " as unobserved");
    }

    private static String unobserved(boolean cut) {
        if (!cut) {
            return "f.unobserved_micros + case when f.unobserved_since is null then 0 else %s end"
                    .formatted(Micros.between("f.unobserved_since", NOW));
        }
        String across = "(f.opened_at < %s or coalesce(f.resolved_at, %s) > %s)".formatted(SINCE, NOW, UNTIL);
        return """
                case when f.unobserved_micros > 0 and %s then %s else f.unobserved_micros end
                    + case when f.unobserved_since is null then 0 else %s end""".formatted(
                across, STRETCHES.formatted(inWindow("e.begins", "e.ends")), inWindow("f.unobserved_since", NOW));
    }

    private static String inWindow(String begin, String end) {
        return Micros.between("greatest(%s, %s)".formatted(begin, SINCE), "least(%s, %s)".formatted(end, UNTIL));
    }
}
