package foldback.ledger;

import foldback.fold.Event;
import foldback.fold.Position;
import foldback.fold.Said;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a stream's events back from the log, as the fold takes them. */
public final class EventReader {
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

    private static final String OPERATORS = """
            select %s from events e
            where e.stream_id = ? and e.type <> 'signal'
            order by e.occurred_at, e.id
            """.formatted(COLUMNS);

    private static final String POSITION =
            "select e.occurred_at, e.id from events e where e.stream_id = ? and e.id = ?";

    private static final String LAST_ALERT = """
            select e.occurred_at from events e
            where e.stream_id = ? and e.signal = 'ALERT'
            order by e.occurred_at desc, e.id desc
            limit 1
            """;

    private EventReader() {}

    /** Where in its stream an event lies; null where the stream has no such event. */
    static @Nullable Position position(Connection connection, UUID streamId, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSITION)) {
            statement.setObject(1, streamId);
            statement.setObject(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Rows.position(row, "occurred_at", "id") : null;
            }
        }
    }

    static @Nullable Instant lastAlertAt(Connection connection, UUID streamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_ALERT)) {
            statement.setObject(1, streamId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Rows.instant(row, "occurred_at") : null;
            }
        }
    }

    /** The next signals and resolutions by hand behind the place, in stream order; from the beginning where it is null. */
    public static List<Event.Moving> moving(Connection connection, UUID streamId, @Nullable Position after, int limit)
            throws SQLException {
        Position place = after == null ? BEGINNING : after;
        try (PreparedStatement statement = connection.prepareStatement(MOVING_AFTER)) {
            statement.setObject(1, streamId);
            statement.setString(2, place.occurredAt().toString());
            statement.setString(3, place.occurredAt().toString());
            statement.setObject(4, place.id());
            statement.setInt(5, limit);
            List<Event.Moving> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add((Event.Moving) event(rows));
                }
            }
            return events;
        }
    }

    /** All that people did on the stream, in stream order. */
    public static List<Event.Operator> operators(Connection connection, UUID streamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPERATORS)) {
            statement.setObject(1, streamId);
            List<Event.Operator> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add((Event.Operator) event(rows));
                }
            }
            return events;
        }
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
