package foldback.ledger;

import foldback.database.UuidArray;
import foldback.fold.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads back from the log what people did, of which a stream has little: an index knows it. */
final class OperatorReader {
    private static final String OF_STREAM = """
            select %s from events e
            where e.stream_id = ? and e.type <> 'signal'
            order by e.occurred_at, e.id
            """.formatted(EventReader.COLUMNS);

    private static final String BETWEEN = """
            select e.stream_id, %s from events e
            where e.stream_id between ? and ? and e.type <> 'signal'
            order by e.stream_id, e.occurred_at, e.id
            """.formatted(EventReader.COLUMNS);

    static final String RECORDED_BY = """
            select e.stream_id, %s from events e
            where e.stream_id = any (?) and e.recorded_at <= ? and e.type <> 'signal'
            order by e.stream_id, e.occurred_at, e.id
            """.formatted(EventReader.COLUMNS);

    private OperatorReader() {}

    /** All that people did on the stream, in stream order. */
    static List<Event.Operator> of(Connection connection, UUID streamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_STREAM)) {
            statement.setObject(1, streamId);
            List<Event.Operator> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add((Event.Operator) EventReader.event(rows));
                }
            }
            return events;
        }
    }

    /** All that people did on the streams of a range, in stream order. */
    static Map<UUID, List<Event.Operator>> between(Connection connection, UUID first, UUID last) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BETWEEN)) {
            statement.setObject(1, first);
            statement.setObject(2, last);
            return read(statement);
        }
    }

    /** What people did on some streams and was recorded by an instant, in stream order. */
    static Map<UUID, List<Event.Operator>> recordedBy(Connection connection, List<UUID> streams, Instant asOf)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORDED_BY)) {
            statement.setArray(1, UuidArray.of(connection, streams));
            statement.setObject(2, asOf.atOffset(ZoneOffset.UTC));
            return read(statement);
        }
    }

    private static Map<UUID, List<Event.Operator>> read(PreparedStatement statement) throws SQLException {
        Map<UUID, List<Event.Operator>> events = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                events.computeIfAbsent(Rows.uuid(rows, "stream_id"), id -> new ArrayList<>())
                        .add((Event.Operator) EventReader.event(rows));
            }
        }
        return events;
    }
}
