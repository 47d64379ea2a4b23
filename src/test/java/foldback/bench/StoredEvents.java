package foldback.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * The events and incidents of a stored history, some turns at a time. In each turn every stream has one incident: an ALERT, repeats of
 * which some change the level, here and there a loss of data, and an OK; one stream in ten is still open at its last turn. One incident in
 * ten is acknowledged. All numbers come from a hash of seed, stream and turn.
 */
final class StoredEvents {
    /** The incidents of the turns. In milliseconds; an incident lasts five minutes to a day, and half of its turn at most. */
    private static final String OUTAGES = """
            insert into stored_outages (n, turn, hash, size, opens, step, lag, pattern, loses_data, stays_open, trans_id)
            select o.*, substr(t.ticks, 8, 8) || '-' || substr(t.ticks, 4, 4) || '-1' || substr(t.ticks, 1, 3) || '-ad97-'
                || lpad(to_hex(o.n), 12, '0')
            from (
                select s.n, i.turn, h.hash, z.size, ?::bigint + i.turn * p.period + h.hash % (p.period * 2 / 5) as opens,
                    least(p.period / 2, 300000::bigint << (h.hash / 7 % 9)::integer) / z.size as step,
                    1000 + s.n % 1900 as lag, h.hash / 64 % 4 as pattern,
                    h.hash / 256 % 20 = 0 and not l.stays_open as loses_data, l.stays_open
                from stored_streams s
                cross join (select ?::bigint as period) p
                cross join generate_series(?::integer, ?::integer) i (turn)
                cross join lateral (select hashint4extended(i.turn, hashint4extended(s.n, ?)) & x'7fffffff'::bigint as hash) h
                cross join lateral (select 8 + (s.n + i.turn) % 5 as size) z
                cross join lateral (select s.n % 10 = 0 and i.turn = ? - 1 as stays_open) l
            ) o
            cross join lateral (select lpad(to_hex((o.opens + 12219292800000) * 10000), 15, '0') as ticks) t
            """;

    /** Their signals in the order in which they came. {@code in_force} is the level that the rule was or had been at. */
    private static final String SIGNALS =
            """
            insert into stored_signals
            select o.n, o.turn, e.k, o.trans_id, 'epoch'::timestamptz + e.at * interval '1 millisecond',
                'epoch'::timestamptz + (e.at + o.lag) * interval '1 millisecond', e.at,
                (lpad(to_hex(e.at + o.lag), 12, '0') || '7' || lpad(to_hex(e.k), 3, '0') || 'a' || lpad(to_hex(o.n), 15, '0'))::uuid,
                (lpad(to_hex(e.at + o.lag), 12, '0') || '7' || lpad(to_hex(e.k), 3, '0') || 'b' || lpad(to_hex(o.n), 15, '0'))::uuid,
                e.signal, v.in_force, v.formerly,
                case e.signal
                    when 'ALERT' then case v.in_force when 'INFO' then 70 when 'WARN' then 80 else 95 end + (o.hash >> e.k) % 400 / 100.0
                    when 'OK' then 20 + (o.hash >> e.k) % 4000 / 100.0
                end::numeric(5, 2)
            from stored_outages o
            cross join generate_series(0, 11) k (k)
            cross join lateral (
                select k.k, o.opens + k.k * o.step as at,
                    case
                        when k.k = o.size - 1 and not o.stays_open then 'OK'
                        when k.k = 2 and o.loses_data then 'INSUFFICIENT_DATA'
                        else 'ALERT'
                    end::signal as signal
            ) e
            cross join lateral (select {in force} as in_force, case when k.k > 0 then {before} end as formerly) v
            where k.k < o.size
            order by e.at
            """.replace("{in force}", level("least(k.k, o.size - 2)")).replace("{before}", level("k.k - 1"));

    private static final String EVENTS = """
            insert into events (
                stream_id, occurred_at, id, callback_id, received_at, recorded_at, type, signal, level, previous_level, part,
                time_estimated, cur_value, trans_id, alert_name, namespace, metric_name, instance_name, region_id, region_name,
                group_id, product_group_name, unit, expression, labels, remote_address, content_type, body)
            select s.stream_id, e.at, e.id, e.callback_id, e.received_at, e.received_at + interval '5 ms', 'signal', e.signal,
                case e.signal when 'ALERT' then e.in_force end, case when e.signal <> 'INSUFFICIENT_DATA' then e.formerly end, 0,
                false, e.value::text, case when e.signal <> 'INSUFFICIENT_DATA' then e.trans_id end, s.alert_name, s.namespace,
                s.metric_name, s.instance_name, s.region_id, s.region_name, s.group_id, s.product_group_name, s.unit,
                '$Average ' || s.comparison || ' ' || l.threshold, s.labels, '47.74.206.122',
                'application/x-www-form-urlencoded; charset=UTF-8',
                convert_to('lastTime=' || e.k || '%E5%88%86%E9%92%9F' || s.body_1 || l.threshold || s.body_2
                    || case when e.signal <> 'INSUFFICIENT_DATA' then e.trans_id else 'null' end || s.body_3
                    || coalesce(e.value::text, 'null') || s.body_4
                    || case e.signal when 'ALERT' then e.in_force::text when 'OK' then 'OK' else 'null' end
                    || '&alertState=' || e.signal || '&preTriggerLevel='
                    || coalesce(case when e.signal <> 'INSUFFICIENT_DATA' then e.formerly end::text, 'null')
                    || s.body_5 || e.millis, 'UTF8')
            from stored_signals e
            join stored_streams s on s.n = e.n
            cross join lateral (
                select case e.in_force when 'INFO' then '70' when 'WARN' then '80' else '95' end as threshold
            ) l
            """;

    private static final String ACKNOWLEDGED = "o.hash / 8192 % 10 = 0 and o.step > o.lag + 1000";

    /** Half way between the second signal's receipt and the third signal, where there is room; the clock agrees with all ids then. */
    private static final String ACKNOWLEDGEMENTS = """
            insert into events (
                stream_id, occurred_at, id, received_at, recorded_at, names_at, names_id, type, part, time_estimated, "by", note,
                remote_address)
            select s.stream_id, a.at, (lpad(to_hex(a.millis), 12, '0') || '7000a' || lpad(to_hex(o.n), 15, '0'))::uuid, a.at, a.at,
                f.at, f.id, 'acknowledged', 0, false, 'stored/ana', 'looking into it', '127.0.0.1'
            from stored_outages o
            join stored_streams s on s.n = o.n
            join stored_signals f on f.n = o.n and f.turn = o.turn and f.k = 0
            cross join lateral (
                select m.millis, 'epoch'::timestamptz + m.millis * interval '1 millisecond' as at
                from (select o.opens + o.step + o.lag + (o.step - o.lag) / 2 as millis) m
            ) a
            where {acknowledged}
            """.replace("{acknowledged}", ACKNOWLEDGED);

    private static final String INCIDENTS = """
            insert into incidents (
                stream_id, id, first_at, first_id, last_at, last_id, opened_at, first_received_at, resolved_at, resolved_id,
                resolved_signal_since, acknowledged_at, acknowledged_by, unobserved_micros, alert_count, reopen_count, note_count,
                signal, level, peak_level, opened_by, resolved_by, opening_value, current_value, recovery_value, greatest_value,
                smallest_value, trans_id, alert_name, namespace, metric_name, instance_name, region_id, region_name, group_id,
                product_group_name, unit, expression, labels)
            select s.stream_id, f.id, f.at, f.id, l.at, l.id, f.at, f.received_at, r.at, r.id, r.at,
                case when {acknowledged} then 'epoch'::timestamptz
                    + (o.opens + o.step + o.lag + (o.step - o.lag) / 2) * interval '1 millisecond' end,
                case when {acknowledged} then 'stored/ana' end, case when o.loses_data then o.step * 1000 else 0 end, a.alerts, 0, 0,
                l.signal, a.level, a.peak_level, 'signal', case when r.id is not null then 'signal' end, f.value::text,
                l.value::text, r.value::text, a.greatest::text, a.smallest::text, o.trans_id, s.alert_name, s.namespace,
                s.metric_name, s.instance_name, s.region_id, s.region_name, s.group_id, s.product_group_name, s.unit,
                '$Average ' || s.comparison || ' ' || case a.level when 'INFO' then '70' when 'WARN' then '80' else '95' end, s.labels
            from stored_outages o
            join stored_streams s on s.n = o.n
            join stored_signals f on f.n = o.n and f.turn = o.turn and f.k = 0
            join stored_signals l on l.n = o.n and l.turn = o.turn and l.k = o.size - 1
            left join stored_signals r on r.n = o.n and r.turn = o.turn and r.signal = 'OK'
            join (
                select n, turn, count(*) as alerts, max(in_force) as peak_level, max(value) as greatest, min(value) as smallest,
                    (array_agg(in_force order by k desc))[1] as level
                from stored_signals
                where signal = 'ALERT'
                group by n, turn
            ) a on a.n = o.n and a.turn = o.turn
            order by f.at
            """.replace("{acknowledged}", ACKNOWLEDGED);

    private static final String MAKE = """
            create temporary table stored_outages (
                n integer, turn integer, hash bigint, size integer, opens bigint, step bigint, lag integer, pattern bigint,
                loses_data boolean, stays_open boolean, trans_id text);
            create temporary table stored_signals (
                n integer, turn integer, k integer, trans_id text, at timestamptz, received_at timestamptz, millis bigint, id uuid,
                callback_id uuid, signal signal, in_force level, formerly level, value numeric(5, 2));
            -- The events are to go in as they come out of the second table; only a hash of the streams keeps that order for sure.
            set enable_mergejoin = off;
            set enable_nestloop = off
            """;

    private final Connection connection;
    private final long seed;
    private final int turns;
    private final long begin;
    private final long period;

    StoredEvents(Connection connection, long seed, int turns, Instant until, int days) throws SQLException {
        this.connection = connection;
        this.seed = seed;
        this.turns = turns;
        this.period = Duration.ofDays(days).toMillis() / turns;
        this.begin = until.toEpochMilli() - period * turns;
        connection.setAutoCommit(false);
        Stored.execute(connection, MAKE);
    }

    /** The level that a rule is at: one, a rising one, a falling one, or a mild one. */
    private static String level(String k) {
        return """
                case o.pattern when 0 then 'WARN' when 1 then case when {k} >= 3 then 'CRITICAL' else 'WARN' end
                    when 2 then case when {k} >= o.size * 2 / 3 then 'WARN' else 'CRITICAL' end else 'INFO' end::level\
                """.replace("{k}", k);
    }

    void write(int firstTurn, int lastTurn) throws SQLException {
        Stored.execute(connection, "truncate stored_outages, stored_signals");
        try (PreparedStatement statement = connection.prepareStatement(OUTAGES)) {
            statement.setLong(1, begin);
            statement.setLong(2, period);
            statement.setInt(3, firstTurn);
            statement.setInt(4, lastTurn);
            statement.setLong(5, seed);
            statement.setInt(6, turns);
            statement.executeUpdate();
        }
        Stored.execute(connection, SIGNALS);
        Stored.execute(connection, EVENTS);
        Stored.execute(connection, ACKNOWLEDGEMENTS);
        Stored.execute(connection, INCIDENTS);
        connection.commit();
    }
}
