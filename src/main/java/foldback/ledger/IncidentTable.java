package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.database.Together;
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
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The only writer of {@code incidents}. */
public final class IncidentTable {
    private static final Columns<Placement> PLACES = Columns.of(
            column("ord", "integer", event -> event.arrival().ord()),
            column("stream_id", "uuid", event -> event.stream().id()),
            column("at", "timestamptz", event -> event.position().occurredAt()),
            column("id", "uuid", event -> event.position().id()));

    private static final List<String> KEY = List.of("stream_id", "id");

    private static final String DELETE = """
            delete from incidents i using %s
            where i.stream_id = u.stream_id and i.id = u.id
            """.formatted(IncidentColumns.KEYS.rows("u"));

    private static final String ADVANCE =
            """
            update incidents i set %s from %s
            where i.stream_id = u.stream_id and i.id = u.id
            """.formatted(IncidentColumns.ADVANCING.assignments("u", KEY), IncidentColumns.ADVANCING.rows("u"));

    private static final String ADD = """
            insert into incidents (%s)
            select %s from %s
            """.formatted(
                    IncidentColumns.ALL.names(""), IncidentColumns.ALL.names("u."), IncidentColumns.ALL.rows("u"));

    /** Resolved ones first, so that a stream's open incident makes room before another one takes its place. */
    private static final String CHANGE = ADD + """
            order by u.resolved_at is null
            on conflict (stream_id, id) do update set %s
            """.formatted(IncidentColumns.ALL.assignments("excluded", KEY));

    private static final String FIND = """
            select %s from incidents i where i.stream_id = ? and i.id = ?
            """.formatted(IncidentColumns.ALL.names("i."));

    private static final String FIND_ALL = """
            select %s from unnest(?::uuid[], ?::uuid[]) as u (stream_id, id)
            join incidents i on i.stream_id = u.stream_id and i.id = u.id
            """.formatted(IncidentColumns.ALL.names("i."));

    private static final String MISSING = """
            select u.stream_id from unnest(?::uuid[], ?::uuid[]) as u (stream_id, id)
            where not exists (select from incidents i where i.stream_id = u.stream_id and i.id = u.id)
            """;

    /** The two that began last before a place: the one that may hold it, and the one before that. */
    private static final String BEFORE = """
            select %s from incidents i
            where i.stream_id = ? and (i.first_at, i.first_id) <= (?::timestamptz, ?::uuid)
            order by i.first_at desc, i.first_id desc
            limit 2
            """.formatted(IncidentColumns.ALL.names("i."));

    /** Incidents of a stream do not overlap, so at most one holds a place. */
    private static final String HOLDING = """
            select u.ord, i.id
            from %s
            join incidents i on i.stream_id = u.stream_id
              and (i.first_at, i.first_id) <= (u.at, u.id) and (i.last_at, i.last_id) >= (u.at, u.id)
            """.formatted(PLACES.rows("u"));

    private static final String OF_STREAM = """
            select %s from incidents i where i.stream_id = ? order by i.first_at, i.first_id
            """.formatted(IncidentColumns.ALL.names("i."));

    private IncidentTable() {}

    /**
     * Makes stored incidents what their streams' events fold to, in the order that never has two open ones on a stream: those removed,
     * those that end or stay open, those that become open. The feed says so in the same transaction.
     */
    static void write(Together together, Map<UUID, Difference> differences) {
        IncidentColumns.KEYS.write(together, DELETE, rows(differences, Difference::removed));
        IncidentColumns.ADVANCING.write(together, ADVANCE, rows(differences, Difference::advanced));
        IncidentColumns.ALL.write(together, CHANGE, rows(differences, Difference::changed));
        IncidentColumns.ALL.write(together, ADD, rows(differences, Difference::added));
        Feed.write(together, differences);
    }

    private static List<IncidentRow> rows(
            Map<UUID, Difference> differences, Function<Difference, List<Incident>> which) {
        List<IncidentRow> rows = new ArrayList<>();
        differences.forEach((streamId, difference) ->
                which.apply(difference).forEach(incident -> rows.add(new IncidentRow(streamId, incident))));
        return rows;
    }

    public static @Nullable Incident find(Connection connection, UUID streamId, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, streamId);
            statement.setObject(2, id);
            List<Incident> found = incidents(statement);
            return found.isEmpty() ? null : found.get(0);
        }
    }

    /** The incident of each stream, among other statements, by stream: they are there once those have run. */
    static Map<UUID, Incident> find(Together together, Map<UUID, UUID> idsByStream) {
        Map<UUID, Incident> found = new HashMap<>();
        together.ask(FIND_ALL, EventReader.pairs(idsByStream), rows -> {
            while (rows.next()) {
                found.put(Rows.uuid(rows, "stream_id"), Objects.requireNonNull(IncidentRow.incidentOrNull(rows, 1)));
            }
        });
        return found;
    }

    /** Asks, among other statements, which streams' incident is not there; the answer is there once those have run. */
    static List<UUID> missing(Together together, Map<UUID, UUID> idsByStream) {
        List<UUID> missing = new ArrayList<>();
        if (!idsByStream.isEmpty()) {
            together.ask(MISSING, EventReader.pairs(idsByStream), rows -> {
                while (rows.next()) {
                    missing.add(Rows.uuid(rows, "stream_id"));
                }
            });
        }
        return missing;
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
                incidents.add(Objects.requireNonNull(IncidentRow.incidentOrNull(rows, 1)));
            }
        }
        return incidents;
    }
}
