package foldback.ledger;

import foldback.database.Together;
import foldback.database.UuidArray;
import foldback.fold.Event;
import foldback.fold.Position;
import foldback.fold.Said;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a stream's events back from the log, as the fold takes them. */
public final class EventReader {
    /** Of effect in a transaction only, which each recording is. */
    private static final int ROWS_A_TRIP = 32;

    private static final Position BEGINNING = new Position(Instant.EPOCH, new UUID(0, 0));

    /** Of {@code events e}, for {@link #event}. */
    public static final String COLUMNS = """
            e.occurred_at, e.id, e.received_at, e.time_estimated, e.type, e.signal, e.level, e.previous_level, e.cur_value,
            e.trans_id, e.names_at, e.names_id, e."by", e.note, e.alert_name, e.namespace, e.metric_name, e.instance_name,
            e.region_id, e.region_name, e.group_id, e.product_group_name, e.unit, e.expression, e.labels
            """;

    /** The bound on occurred_at alone lets the planner leave out partitions, which it does not for a pair. */
    private static final String MOVING_AFTER = """
            select %s from events e
            where e.stream_id = ? and e.occurred_at >= ?::timestamptz and (e.occurred_at, e.id) > (?::timestamptz, ?::uuid)
              and e.type in ('signal', 'resolved')
            order by e.occurred_at, e.id
            limit ?
            """.formatted(COLUMNS);

    private static final String POSITIONS = """
            select e.stream_id, e.occurred_at, e.id from unnest(?::uuid[], ?::uuid[]) as u (stream_id, id)
            join events e on e.stream_id = u.stream_id and e.id = u.id
            """;

    private static final String LAST_ALERT = """
            select e.occurred_at from events e
            where e.stream_id = ? and e.signal = 'ALERT'
            order by e.occurred_at desc, e.id desc
            limit 1
            """;

    private EventReader() {}

    /** Takes one event after the other, for as long as it says so. */
    @FunctionalInterface
    interface Taking {
        boolean take(Event.Moving event) throws SQLException;
    }

    /** Where an event of each stream lies, among other statements, by stream: they are there once those have run. */
    static Map<UUID, Position> positions(Together together, Map<UUID, UUID> idsByStream) {
        Map<UUID, Position> positions = new HashMap<>();
        together.ask(POSITIONS, pairs(idsByStream), rows -> {
            while (rows.next()) {
                positions.put(Rows.uuid(rows, "stream_id"), Rows.position(rows, "occurred_at", "id"));
            }
        });
        return positions;
    }

    /** Streams, and an id of each. */
    static Together.Binding pairs(Map<UUID, UUID> idsByStream) {
        return (statement, first) -> {
            Connection connection = statement.getConnection();
            statement.setArray(first, UuidArray.of(connection, idsByStream.keySet()));
            statement.setArray(first + 1, UuidArray.of(connection, idsByStream.values()));
            return first + 2;
        };
    }

    static @Nullable Instant lastAlertAt(Connection connection, UUID streamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_ALERT)) {
            statement.setObject(1, streamId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Rows.instant(row, "occurred_at") : null;
            }
        }
    }

    /**
     * Hands over the next signals and resolutions by hand behind the place, in stream order, until one is not wanted any more. Few are held
     * at a time: each may have all the text of a callback.
     *
     * @param after the place; null for the beginning
     * @param limit how many at the most
     * @param taking takes an event and says whether it wants more
     * @return where to go on; null where the stream has no more, or no more are wanted
     */
    static @Nullable Position moving(
            Connection connection, UUID streamId, @Nullable Position after, int limit, Taking taking)
            throws SQLException {
        Position place = after == null ? BEGINNING : after;
        try (PreparedStatement statement = connection.prepareStatement(MOVING_AFTER)) {
            statement.setFetchSize(ROWS_A_TRIP);
            statement.setObject(1, streamId);
            statement.setString(2, place.occurredAt().toString());
            statement.setString(3, place.occurredAt().toString());
            statement.setObject(4, place.id());
            statement.setInt(5, limit);
            try (ResultSet rows = statement.executeQuery()) {
                return handOver(rows, limit, taking);
            }
        }
    }

    private static @Nullable Position handOver(ResultSet rows, int limit, Taking taking) throws SQLException {
        for (int taken = 1; rows.next(); taken++) {
            Event.Moving event = (Event.Moving) event(rows);
            if (!taking.take(event)) {
                return null;
            }
            if (taken == limit) {
                return event.position();
            }
        }
        return null;
    }

    /** The event of a row with {@link #COLUMNS}. */
    public static Event event(ResultSet row) throws SQLException {
        Position position = Rows.position(row, "occurred_at", "id");
        String type = Rows.text(row, "type");
        if (!EventTypes.SIGNAL.equals(type)) {
            Position names = Rows.position(row, "names_at", "names_id");
            return EventTypes.operator(type, position, names, Rows.text(row, "by"), row.getString("note"));
        }
        Said said = new Said(
                Rows.signal(row, "signal"),
                Rows.level(row, "level"),
                Rows.level(row, "previous_level"),
                row.getString("cur_value"),
                row.getString("trans_id"),
                Rows.display(row, ""));
        return new Event.Signalled(position, Rows.instant(row, "received_at"), row.getBoolean("time_estimated"), said);
    }
}
