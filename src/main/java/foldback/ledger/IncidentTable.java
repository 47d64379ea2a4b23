package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.fold.Incident;
import foldback.fold.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The only writer of {@code incidents}. */
public final class IncidentTable {
    private static final Columns<Placement> PLACES = Columns.of(
            column("ord", "integer", event -> event.arrival().ord()),
            column("stream_id", "uuid", event -> event.stream().id()),
            column("at", "timestamptz", event -> event.position().occurredAt()),
            column("id", "uuid", event -> event.position().id()));

    /** Resolved ones first, so that a stream's open incident makes room before another one takes its place. */
    private static final String UPSERT = """
            insert into incidents as i (%s)
            select %s from %s
            order by u.resolved_at is null
            on conflict (stream_id, id) do update set %s
            """.formatted(
                    IncidentRow.COLUMNS.names(""),
                    IncidentRow.COLUMNS.names("u."),
                    IncidentRow.COLUMNS.unnest("u"),
                    IncidentRow.COLUMNS.assignments("excluded", List.of("stream_id", "id")));

    private static final String DELETE = """
            delete from incidents i using unnest(?::uuid[], ?::uuid[]) as u (stream_id, id)
            where i.stream_id = u.stream_id and i.id = u.id
            """;

    private static final String FIND = """
            select %s from incidents i where i.stream_id = ? and i.id = ?
            """.formatted(IncidentRow.COLUMNS.names("i."));

    /** The two that began last before a place: the one that may hold it, and the one before that. */
    private static final String BEFORE = """
            select %s from incidents i
            where i.stream_id = ? and (i.first_at, i.first_id) <= (?::timestamptz, ?::uuid)
            order by i.first_at desc, i.first_id desc
            limit 2
            """.formatted(IncidentRow.COLUMNS.names("i."));

    /** Incidents of a stream do not overlap, so at most one holds a place. */
    private static final String HOLDING = """
            select u.ord, i.id
            from %s
            join incidents i on i.stream_id = u.stream_id
              and (i.first_at, i.first_id) <= (u.at, u.id) and (i.last_at, i.last_id) >= (u.at, u.id)
            """.formatted(PLACES.unnest("u"));

    private static final String OF_STREAM = """
            select %s from incidents i where i.stream_id = ? order by i.first_at, i.first_id
            """.formatted(IncidentRow.COLUMNS.names("i."));

    private IncidentTable() {}

    /**
     * Removes and writes, in the order that never has two open incidents on a stream: those removed, those resolved, those open.
     */
    static void write(Connection connection, List<IncidentRow> removed, List<IncidentRow> written) throws SQLException {
        delete(connection, removed);
        upsert(connection, written);
    }

    /** Makes one stream's stored incidents what its events fold to. */
    static void write(Connection connection, UUID streamId, Difference difference) throws SQLException {
        write(connection, rows(streamId, difference.removed()), rows(streamId, difference.written()));
    }

    static List<IncidentRow> rows(UUID streamId, List<Incident> incidents) {
        return incidents.stream()
                .map(incident -> new IncidentRow(streamId, incident))
                .toList();
    }

    private static void delete(Connection connection, List<IncidentRow> removed) throws SQLException {
        if (removed.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", removed.stream().map(IncidentRow::streamId).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid",
                            removed.stream().map(row -> row.incident().id()).toArray()));
            statement.executeUpdate();
        }
    }

    private static void upsert(Connection connection, List<IncidentRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            IncidentRow.COLUMNS.bind(statement, rows);
            statement.executeUpdate();
        }
    }

    public static @Nullable Incident find(Connection connection, UUID streamId, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, streamId);
            statement.setObject(2, id);
            List<Incident> found = incidents(statement);
            return found.isEmpty() ? null : found.get(0);
        }
    }

    /** The latest incident that began at or before the place, and its predecessor; latest first, as far as there are any. */
    public static List<Incident> before(Connection connection, UUID streamId, Position place) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
            statement.setObject(1, streamId);
            statement.setString(2, place.occurredAt().toString());
            statement.setObject(3, place.id());
            return incidents(statement);
        }
    }

    /** The stored incident that holds each of the events now, where one does, by the number of the arrival. */
    static Map<Integer, UUID> holding(Connection connection, List<Placement> events) throws SQLException {
        Map<Integer, UUID> holding = new HashMap<>();
        if (events.isEmpty()) {
            return holding;
        }
        try (PreparedStatement statement = connection.prepareStatement(HOLDING)) {
            PLACES.bind(statement, events);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    holding.put(rows.getInt("ord"), Rows.uuid(rows, "id"));
                }
            }
        }
        return holding;
    }

    static List<Incident> ofStream(Connection connection, UUID streamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_STREAM)) {
            statement.setObject(1, streamId);
            return incidents(statement);
        }
    }

    private static List<Incident> incidents(PreparedStatement statement) throws SQLException {
        List<Incident> incidents = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                incidents.add(IncidentRow.incident(rows, ""));
            }
        }
        return incidents;
    }
}
