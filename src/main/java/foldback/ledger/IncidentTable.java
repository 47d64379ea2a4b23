package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.fold.Attention;
import foldback.fold.Extremes;
import foldback.fold.Incident;
import foldback.fold.Incident.Checkpoint;
import foldback.fold.Incident.OpenedBy;
import foldback.fold.Incident.Resolution;
import foldback.fold.Incident.ResolvedBy;
import foldback.fold.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The only writer of {@code incidents}; knows how an {@link Incident} lies in a row. */
public final class IncidentTable {
    /** An incident with its stream. */
    record Row(UUID streamId, Incident incident) {}

    private static final Columns<Row> COLUMNS = Columns.of(
                    column("stream_id", "uuid", Row::streamId),
                    column("id", "uuid", of(Incident::id)),
                    column("first_at", "timestamptz", of(incident -> incident.first()
                            .occurredAt())),
                    column("first_id", "uuid", of(incident -> incident.first().id())),
                    column("last_at", "timestamptz", of(incident -> incident.last()
                            .occurredAt())),
                    column("last_id", "uuid", of(incident -> incident.last().id())),
                    column("opened_at", "timestamptz", of(Incident::openedAt)),
                    column("first_received_at", "timestamptz", of(Incident::firstReceivedAt)),
                    column("resolved_at", "timestamptz", of(Incident::resolvedAt)),
                    column("resolved_id", "uuid", end(resolution -> resolution
                            .position()
                            .id())),
                    column("resolved_earliest", "timestamptz", end(Resolution::earliest)),
                    column("resolved_signal_since", "timestamptz", end(end -> end.checkpoint()
                            .signalSince())),
                    column("unobserved_since", "timestamptz", of(Incident::unobservedSince)),
                    column("acknowledged_at", "timestamptz", of(incident -> incident.attention()
                            .acknowledgedAt())),
                    column("unobserved_micros", "bigint", of(incident -> micros(incident.unobserved()))),
                    column("alert_count", "integer", of(Incident::alertCount)),
                    column("reopen_count", "integer", of(Incident::reopenCount)),
                    column("note_count", "integer", of(incident -> incident.attention()
                            .noteCount())),
                    column("signal", "signal", of(Incident::signal)),
                    column("level", "level", of(Incident::level)),
                    column("peak_level", "level", of(Incident::peakLevel)),
                    column("opened_by", "text", of(incident -> lower(incident.openedBy()))),
                    column("resolved_by", "text", end(resolution -> lower(resolution.by()))),
                    column("acknowledged_by", "text", of(incident -> incident.attention()
                            .acknowledgedBy())),
                    column("opening_value", "text", of(Incident::openingValue)),
                    column("current_value", "text", of(Incident::currentValue)),
                    column("recovery_value", "text", of(Incident::recoveryValue)),
                    column("greatest_value", "text", of(incident -> incident.extremes()
                            .greatest())),
                    column("smallest_value", "text", of(incident -> incident.extremes()
                            .smallest())),
                    column("trans_id", "text", of(Incident::transId)),
                    column("resolved_no_data_trans_id", "text", end(end -> end.checkpoint()
                            .noDataTransId())))
            .and(DisplayColumns.of(row -> row.incident().display()))
            .and(List.of(
                    column("expression", "text", of(incident -> incident.display()
                            .expression())),
                    column(
                            "labels",
                            "text",
                            of(incident -> JsonText.orNull(incident.display().labels())))));

    private static final Columns<Placement> PLACES = Columns.of(
            column("ord", "integer", event -> event.arrival().ord()),
            column("stream_id", "uuid", event -> event.stream().id()),
            column("at", "timestamptz", event -> event.position().occurredAt()),
            column("id", "uuid", event -> event.position().id()));

    private static final String UPSERT = """
            insert into incidents as i (%s)
            select %s from %s
            on conflict (stream_id, id) do update set %s
            """.formatted(
                    COLUMNS.names(""),
                    COLUMNS.names("u."),
                    COLUMNS.unnest("u"),
                    COLUMNS.assignments("excluded", List.of("stream_id", "id")));

    private static final String DELETE = """
            delete from incidents i using unnest(?::uuid[], ?::uuid[]) as u (stream_id, id)
            where i.stream_id = u.stream_id and i.id = u.id
            """;

    private static final String FIND = """
            select %s from incidents i where i.stream_id = ? and i.id = ?
            """.formatted(COLUMNS.names("i."));

    /** The two that began last before a place: the one that may hold it, and the one before that. */
    private static final String BEFORE = """
            select %s from incidents i
            where i.stream_id = ? and (i.first_at, i.first_id) <= (?::timestamptz, ?::uuid)
            order by i.first_at desc, i.first_id desc
            limit 2
            """.formatted(COLUMNS.names("i."));

    /** Incidents of a stream do not overlap, so at most one holds a place. */
    private static final String HOLDING = """
            select u.ord, i.id
            from %s
            join incidents i on i.stream_id = u.stream_id
              and (i.first_at, i.first_id) <= (u.at, u.id) and (i.last_at, i.last_id) >= (u.at, u.id)
            """.formatted(PLACES.unnest("u"));

    private static final String OF_STREAM = """
            select %s from incidents i where i.stream_id = ? order by i.first_at, i.first_id
            """.formatted(COLUMNS.names("i."));

    private IncidentTable() {}

    static String columnsAs(String table, String prefix) {
        return COLUMNS.namesAs(table, prefix);
    }

    /**
     * Removes and writes, in the order that never has two open incidents on a stream: those removed, those resolved, those open.
     */
    static void write(Connection connection, List<Row> removed, Collection<Row> written) throws SQLException {
        delete(connection, removed);
        upsert(
                connection,
                written.stream().filter(row -> !row.incident().open()).toList());
        upsert(connection, written.stream().filter(row -> row.incident().open()).toList());
    }

    /** Makes one stream's stored incidents what its events fold to. */
    static void write(Connection connection, UUID streamId, Difference difference) throws SQLException {
        write(connection, rows(streamId, difference.removed()), rows(streamId, difference.written()));
    }

    static List<Row> rows(UUID streamId, List<Incident> incidents) {
        return incidents.stream().map(incident -> new Row(streamId, incident)).toList();
    }

    private static void delete(Connection connection, List<Row> removed) throws SQLException {
        if (removed.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", removed.stream().map(Row::streamId).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid",
                            removed.stream().map(row -> row.incident().id()).toArray()));
            statement.executeUpdate();
        }
    }

    private static void upsert(Connection connection, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            COLUMNS.bind(statement, rows);
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
                incidents.add(incident(rows, ""));
            }
        }
        return incidents;
    }

    static Incident incident(ResultSet row, String prefix) throws SQLException {
        return new Incident(
                Rows.uuid(row, prefix + "id"),
                Rows.position(row, prefix + "first_at", prefix + "first_id"),
                Rows.position(row, prefix + "last_at", prefix + "last_id"),
                Rows.signal(row, prefix + "signal"),
                Rows.instant(row, prefix + "opened_at"),
                OpenedBy.valueOf(Rows.text(row, prefix + "opened_by").toUpperCase(Locale.ROOT)),
                Rows.instant(row, prefix + "first_received_at"),
                Rows.level(row, prefix + "level"),
                Rows.level(row, prefix + "peak_level"),
                Rows.display(row, prefix),
                row.getString(prefix + "trans_id"),
                row.getString(prefix + "opening_value"),
                row.getString(prefix + "current_value"),
                row.getString(prefix + "recovery_value"),
                new Extremes(row.getString(prefix + "greatest_value"), row.getString(prefix + "smallest_value")),
                Duration.of(row.getLong(prefix + "unobserved_micros"), ChronoUnit.MICROS),
                Rows.instantOrNull(row, prefix + "unobserved_since"),
                resolution(row, prefix),
                row.getInt(prefix + "alert_count"),
                row.getInt(prefix + "reopen_count"),
                new Attention(
                        Rows.instantOrNull(row, prefix + "acknowledged_at"),
                        row.getString(prefix + "acknowledged_by"),
                        row.getInt(prefix + "note_count")));
    }

    private static @Nullable Resolution resolution(ResultSet row, String prefix) throws SQLException {
        Instant resolvedAt = Rows.instantOrNull(row, prefix + "resolved_at");
        if (resolvedAt == null) {
            return null;
        }
        return new Resolution(
                new Position(resolvedAt, Rows.uuid(row, prefix + "resolved_id")),
                ResolvedBy.valueOf(Rows.text(row, prefix + "resolved_by").toUpperCase(Locale.ROOT)),
                Rows.instantOrNull(row, prefix + "resolved_earliest"),
                new Checkpoint(
                        Rows.instant(row, prefix + "resolved_signal_since"),
                        row.getString(prefix + "resolved_no_data_trans_id")));
    }

    private static Function<Row, @Nullable Object> of(Function<Incident, @Nullable Object> value) {
        return row -> value.apply(row.incident());
    }

    private static Function<Row, @Nullable Object> end(Function<Resolution, @Nullable Object> value) {
        return row -> {
            Resolution resolution = row.incident().resolution();
            return resolution == null ? null : value.apply(resolution);
        };
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
