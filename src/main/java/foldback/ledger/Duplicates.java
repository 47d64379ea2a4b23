package foldback.ledger;

import foldback.fold.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
            """.formatted(SAID.unnest("u"));

    /** Estimated events never occur before their receipt, so the bound on occurred_at leaves out old partitions. */
    private static final String ESTIMATED_BY_BYTES = """
            select e.occurred_at, e.id, e.callback_id
            from events e
            where e.stream_id = ? and e.time_estimated and e.received_at between ? and ? and e.occurred_at >= ?
              and coalesce(e.body, (select b.body from shared_bodies b where b.callback_id = e.callback_id and b.part = e.part)) = ?
            order by e.id
            limit 1
            """;

    private static final String STATED_BY_BYTES = """
            select e.occurred_at, e.id, e.callback_id
            from events e
            where e.stream_id = ? and e.signal is not null and not e.time_estimated and e.received_at between ? and ?
              and e.occurred_at = ?
              and coalesce(e.body, (select b.body from shared_bodies b where b.callback_id = e.callback_id and b.part = e.part)) = ?
            order by e.id
            limit 1
            """;

    private Duplicates() {}

    /** The first delivery of each arrival that has one, by {@link Arrival#ord}. */
    static Map<Integer, Known> find(Connection connection, List<Arrival> arrivals) throws SQLException {
        Map<Integer, Known> known = new HashMap<>();
        List<Arrival> stated =
                arrivals.stream().filter(arrival -> !arrival.estimated()).toList();
        if (!stated.isEmpty()) {
            byWhatWasSaid(connection, stated, known);
        }
        for (Arrival arrival : arrivals) {
            if (!known.containsKey(arrival.ord())) {
                Known first = byBytes(connection, arrival);
                if (first != null) {
                    known.put(arrival.ord(), first);
                }
            }
        }
        return known;
    }

    private static void byWhatWasSaid(Connection connection, List<Arrival> stated, Map<Integer, Known> known)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BY_WHAT_WAS_SAID)) {
            SAID.bind(statement, stated);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    known.put(rows.getInt("ord"), known(rows));
                }
            }
        }
    }

    private static @Nullable Known byBytes(Connection connection, Arrival arrival) throws SQLException {
        Instant earliest = arrival.receivedAt().minus(RETRY_WINDOW);
        Known estimated =
                arrival.mayRepeatEstimated() ? byBytes(connection, ESTIMATED_BY_BYTES, arrival, earliest) : null;
        Instant stated = arrival.reading().statedAt();
        if (estimated != null || !arrival.estimated() || stated == null) {
            return estimated;
        }
        return byBytes(connection, STATED_BY_BYTES, arrival, stated);
    }

    private static @Nullable Known byBytes(Connection connection, String sql, Arrival arrival, Instant occurredAt)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, arrival.streamId());
            statement.setObject(2, utc(arrival.receivedAt().minus(RETRY_WINDOW)));
            statement.setObject(3, utc(arrival.receivedAt().plus(RETRY_WINDOW)));
            statement.setObject(4, utc(occurredAt));
            statement.setBytes(5, arrival.bytes());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? known(row) : null;
            }
        }
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(Rows.position(row, "occurred_at", "id"), Rows.uuid(row, "callback_id"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
