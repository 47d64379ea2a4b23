package foldback.ledger;

import foldback.fold.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Finds in the log the first delivery of signals that may be duplicates. By what was said, where both times were stated; by the bytes,
 * received within ten minutes, where either time was estimated.
 */
final class Duplicates {
    /** A retry comes within this; the same body later is another signal. */
    static final Duration RETRY_WINDOW = Duration.ofMinutes(10);

    record Known(Position position, UUID callbackId) {}

    private static final Columns<Arrival> SAID = Columns.of(
            Columns.column("ord", "integer", Arrival::ord),
            Columns.column("stream_id", "uuid", Arrival::streamId),
            Columns.column(
                    "occurred_at", "timestamptz", arrival -> arrival.reading().statedAt()),
            Columns.column(
                    "signal", "signal", arrival -> arrival.reading().said().signal()),
            Columns.column("level", "level", arrival -> arrival.reading().said().level()),
            Columns.column(
                    "cur_value", "text", arrival -> arrival.reading().said().curValue()));

    private static final String BY_WHAT_WAS_SAID = """
            select u.ord, e.occurred_at, e.id, e.callback_id
            from %s
            join events e on e.stream_id = u.stream_id and e.occurred_at = u.occurred_at
            where e.signal = u.signal and not e.time_estimated
              and e.level is not distinct from u.level and e.cur_value is not distinct from u.cur_value
            order by e.id desc
            """.formatted(SAID.rows("u"));

    private static final Columns<Arrival> BYTES = Columns.of(
            Columns.column("ord", "integer", Arrival::ord),
            Columns.column("stream_id", "uuid", Arrival::streamId),
            Columns.column(
                    "stated_at", "timestamptz", arrival -> arrival.reading().statedAt()),
            Columns.column("digest", "uuid", Arrival::digest),
            Columns.column(
                    "earliest", "timestamptz", arrival -> arrival.receivedAt().minus(RETRY_WINDOW)),
            Columns.column(
                    "latest", "timestamptz", arrival -> arrival.receivedAt().plus(RETRY_WINDOW)));

    /**
     * An estimated time is never before the receipt, which spares all months before it. Arrivals come first, whatever the statistics say, which
     * may know of no estimated time yet: then all of these would be compared with all arrivals.
     */
    private static final String ESTIMATED_BY_BYTES = """
            select u.ord, e.occurred_at, e.id, e.callback_id
            from %s
            cross join lateral (
                select e.occurred_at, e.id, e.callback_id from events e
                where e.stream_id = u.stream_id and e.digest = u.digest and e.time_estimated and e.occurred_at >= u.earliest
                  and e.received_at between u.earliest and u.latest
                offset 0
            ) e
            order by e.id desc
            """.formatted(BYTES.rows("u"));

    /** At the very time that was stated, so that the bytes of few events are looked at; what many share was digested before. */
    private static final String STATED_BY_BYTES = """
            select u.ord, e.occurred_at, e.id, e.callback_id
            from %s
            join events e on e.stream_id = u.stream_id and e.occurred_at = u.stated_at
            left join shared_bodies b on b.callback_id = e.callback_id and b.part = e.part
            where e.signal is not null and not e.time_estimated and e.received_at between u.earliest and u.latest
              and u.digest = coalesce(b.digest, encode(substring(sha256(e.body) for 16), 'hex')::uuid)
            order by e.id desc
            """.formatted(BYTES.rows("u"));

    private Duplicates() {}

    /** The first delivery of each arrival that has one, by {@link Arrival#ord}. */
    static Map<Integer, Known> find(Connection connection, List<Arrival> arrivals) throws SQLException {
        Map<Integer, Known> known = new HashMap<>();
        look(connection, BY_WHAT_WAS_SAID, SAID, arrivals, arrival -> !arrival.estimated(), known);
        look(connection, ESTIMATED_BY_BYTES, BYTES, arrivals, Arrival::mayRepeatEstimated, known);
        look(connection, STATED_BY_BYTES, BYTES, arrivals, Arrival::estimatedThoughStated, known);
        return known;
    }

    /** Asks for those that are not known yet; of several answers for one the last counts, which is the first delivery. */
    private static void look(
            Connection connection,
            String sql,
            Columns<Arrival> columns,
            List<Arrival> arrivals,
            Predicate<Arrival> which,
            Map<Integer, Known> known)
            throws SQLException {
        List<Arrival> asked = arrivals.stream()
                .filter(arrival -> !known.containsKey(arrival.ord()))
                .filter(which)
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            columns.bind(statement, asked);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Position position = Rows.position(row, "occurred_at", "id");
                    known.put(row.getInt("ord"), new Known(position, Rows.uuid(row, "callback_id")));
                }
            }
        }
    }
}
