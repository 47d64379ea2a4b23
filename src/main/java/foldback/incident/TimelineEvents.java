package foldback.incident;

import foldback.fold.Event;
import foldback.fold.Fold;
import foldback.fold.FoldPolicy;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.StreamState;
import foldback.incident.EventCursor.Received;
import foldback.ledger.EventReader;
import foldback.ledger.IncidentTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Reads from the log what one incident's timeline is made of. */
final class TimelineEvents {
    private static final Position BEGINNING = new Position(Instant.EPOCH, new UUID(0, 0));

    /** Bounded by occurred_at alone as well, so that the planner can leave out partitions. */
    private static final String SIGNALS = """
            select %s from events e
            where e.stream_id = ? and e.occurred_at >= ? and e.occurred_at <= ?
              and (e.occurred_at, e.id) >= (?, ?) and (e.occurred_at, e.id) <= (?, ?)
              and e.type = 'signal'
            order by e.occurred_at, e.id
            """.formatted(EventReader.COLUMNS);

    /**
     * What people did about the incident, whenever they did: all that names one of its events. A resolution belongs where it lies: to
     * the incident that holds or was resolved by it, and only where there is none to the one that it names.
     */
    private static final String OPERATORS = """
            select %s from events e
            where e.stream_id = ? and e.type <> 'signal' and e.occurred_at >= ?
              and ((e.names_at, e.names_id) >= (?, ?) and (e.names_at, e.names_id) <= (?, ?)
                or e.type = 'resolved' and (e.occurred_at, e.id) >= (?, ?) and (e.occurred_at, e.id) <= (?, ?)
                or e.id = ?)
              and (e.type <> 'resolved' or not exists (
                select from incidents o
                where o.stream_id = e.stream_id and o.id <> ? and (o.first_at, o.first_id) <= (e.occurred_at, e.id)
                  and ((o.last_at, o.last_id) >= (e.occurred_at, e.id) or o.resolved_id = e.id)))
            order by e.occurred_at, e.id
            """.formatted(EventReader.COLUMNS);

    /** What moved the stream between two places. */
    private static final String BETWEEN = """
            select %s from events e
            where e.stream_id = ? and e.occurred_at >= ? and e.occurred_at <= ?
              and (e.occurred_at, e.id) > (?, ?) and (e.occurred_at, e.id) < (?, ?)
              and e.type in ('signal', 'resolved')
            order by e.occurred_at, e.id
            """.formatted(EventReader.COLUMNS);

    /** All that happened on the stream and was recorded by an instant. */
    private static final String RECORDED_BY = """
            select %s from events e
            where e.stream_id = ? and e.recorded_at <= ?
            order by e.occurred_at, e.id
            """.formatted(EventReader.COLUMNS);

    private static final String POLICY = """
            select v.reopen_within_millis from stream_heads h
            join fold_versions v on v.version = h.fold_version
            where h.stream_id = ?
            """;

    private final Connection connection;
    private final UUID streamId;

    TimelineEvents(Connection connection, UUID streamId) {
        this.connection = connection;
        this.streamId = streamId;
    }

    /** The signals from the incident's first to its last, strays between them included. */
    EventCursor signals(Incident incident) throws SQLException {
        Position first = incident.first();
        Position last = incident.last();
        return events(SIGNALS, streamId, first.occurredAt(), last.occurredAt(), first, last);
    }

    /** What people did about the incident. */
    EventCursor operators(Incident incident) throws SQLException {
        Position first = incident.first();
        Position last = incident.last();
        UUID end = incident.end().id();
        return events(OPERATORS, streamId, first.occurredAt(), first, last, first, last, end, incident.id());
    }

    /** All events of the stream that were recorded by the instant. */
    EventCursor recordedBy(Instant asOf) throws SQLException {
        return events(RECORDED_BY, streamId, asOf);
    }

    /** The fold as the stream was folded. */
    Fold fold() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POLICY)) {
            statement.setObject(1, streamId);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("stream " + streamId + " has an incident, but no head");
                }
                return new Fold(new FoldPolicy(Duration.ofMillis(row.getLong(1))));
            }
        }
    }

    /** The state of the stream right before the incident: from the end of the one before it, through what moved nothing. */
    StreamState before(Incident incident, Fold fold) throws SQLException {
        Incident previous = IncidentTable.before(connection, streamId, incident.first()).stream()
                .filter(earlier -> earlier.first().isBefore(incident.first()))
                .findFirst()
                .orElse(null);
        StreamState state = previous == null ? StreamState.EMPTY : StreamState.after(previous);
        Position end = previous == null ? BEGINNING : previous.end();
        Position first = incident.first();
        try (EventCursor events = events(BETWEEN, streamId, end.occurredAt(), first.occurredAt(), end, first)) {
            for (Received next = events.take(); next != null; next = events.take()) {
                state = fold.step(state, (Event.Moving) next.event()).after();
            }
        }
        return state;
    }

    private EventCursor events(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            int parameter = 1;
            for (Object value : values) {
                parameter = bind(statement, parameter, value);
            }
            return new EventCursor(statement);
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static int bind(PreparedStatement statement, int parameter, Object value) throws SQLException {
        if (value instanceof Position position) {
            return bind(statement, bind(statement, parameter, position.occurredAt()), position.id());
        }
        Object typed = value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
        statement.setObject(parameter, typed);
        return parameter + 1;
    }
}
