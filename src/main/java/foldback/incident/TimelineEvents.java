package foldback.incident;

import foldback.fold.Event;
import foldback.fold.Fold;
import foldback.fold.FoldPolicy;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.StreamState;
import foldback.ledger.EventReader;
import foldback.ledger.IncidentTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads from the log what one incident's timeline is made of. */
final class TimelineEvents {
    private static final int CHUNK = 1000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** Bounded by occurred_at alone as well, so that the planner can leave out partitions. */
    private static final String SIGNALS = """
            select %s from events e
            where e.stream_id = ? and e.occurred_at >= ? and e.occurred_at <= ?
              and (e.occurred_at, e.id) >= (?, ?) and (e.occurred_at, e.id) <= (?, ?) and (e.occurred_at, e.id) > (?, ?)
              and e.type = 'signal'
            order by e.occurred_at, e.id
            limit ?
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

    private static final String POLICY = """
            select v.reopen_within_millis from stream_heads h
            join fold_versions v on v.version = h.fold_version
            where h.stream_id = ?
            """;

    /** An event and when it was received, which an operator event does not know by itself. */
    record Received(Event event, Instant at) {
        Position position() {
            return event.position();
        }
    }

    private final Connection connection;
    private final UUID streamId;

    TimelineEvents(Connection connection, UUID streamId) {
        this.connection = connection;
        this.streamId = streamId;
    }

    /** The signals from the incident's first to its last, strays between them included; those behind a place. */
    List<Received> signals(Incident incident, @Nullable Position after, int limit) throws SQLException {
        Position first = incident.first();
        Position last = incident.last();
        Position behind = after == null ? new Position(first.occurredAt(), BEFORE_ALL) : after;
        return read(SIGNALS, streamId, behind.occurredAt(), last.occurredAt(), first, last, behind, limit);
    }

    /** What people did about the incident, in stream order. */
    List<Received> operators(Incident incident) throws SQLException {
        Position first = incident.first();
        Position last = incident.last();
        UUID end = incident.end().id();
        return read(OPERATORS, streamId, first.occurredAt(), first, last, first, last, end, incident.id());
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
        Position place = previous == null ? null : previous.end();
        while (true) {
            List<Event.Moving> events = EventReader.moving(connection, streamId, place, CHUNK);
            for (Event.Moving event : events) {
                if (!event.position().isBefore(incident.first())) {
                    return state;
                }
                state = fold.step(state, event).after();
                place = event.position();
            }
            if (events.size() < CHUNK) {
                return state;
            }
        }
    }

    private List<Received> read(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (Object value : values) {
                parameter = bind(statement, parameter, value);
            }
            List<Received> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Instant receivedAt =
                            rows.getObject("received_at", OffsetDateTime.class).toInstant();
                    events.add(new Received(EventReader.event(rows), receivedAt));
                }
            }
            return events;
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
