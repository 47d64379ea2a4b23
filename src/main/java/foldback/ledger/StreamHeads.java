package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.Signal;
import foldback.fold.StreamState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The only writer of {@code stream_heads}. A head is read, folded and written once, where its version is
 * still the one that was read. */
final class StreamHeads {
    private static final List<String> KEY = List.of("stream_id", "version");

    private static final Columns<StreamHead> COLUMNS = Columns.of(
            column("stream_id", "uuid", StreamHead::streamId),
            column("version", "bigint", head -> head.version() + 1),
            column("fold_version", "integer", StreamHead::foldVersion),
            column("newest_at", "timestamptz", StreamHead::newestAt),
            column("greatest_id", "uuid", StreamHead::greatestId),
            column("signal", "signal", head -> head.state().signal()),
            column("signal_since", "timestamptz", head -> head.state().signalSince()),
            column("last_signal_at", "timestamptz", lastSignal(Position::occurredAt)),
            column("last_signal_id", "uuid", lastSignal(Position::id)),
            column("no_data_trans_id", "text", head -> head.state().noDataTransId()),
            column("incident_id", "uuid", StreamHead::incidentId),
            column("estimated_at", "timestamptz", StreamHead::estimatedAt),
            column("signal_count", "bigint", head -> head.counts().signals()),
            column("operator_count", "bigint", head -> head.counts().operators()),
            column("stray_count", "bigint", head -> head.counts().strays()),
            column("duplicate_count", "bigint", head -> head.counts().duplicates()),
            column("late_count", "bigint", head -> head.counts().late()),
            column("incident_count", "bigint", head -> head.counts().incidents()),
            column("display_hash", "integer", StreamHead::displayHash));

    private static final String WITH_INCIDENT =
            """
            select %s, %s
            from stream_heads h
            left join incidents i on i.stream_id = h.stream_id and i.id = h.incident_id
            where h.stream_id = any (?)
            """.formatted(COLUMNS.names("h."), IncidentRow.COLUMNS.namesAs("i", "i_"));

    private static final String LOCK = """
            insert into stream_heads (
                stream_id, version, fold_version, newest_at, greatest_id, signal_count, operator_count, stray_count,
                duplicate_count, late_count, incident_count, display_hash)
            select id, 1, 0, 'epoch', '00000000-0000-0000-0000-000000000000', 0, 0, 0, 0, 0, 0, 0
            from unnest(?::uuid[]) as u (id)
            order by id
            on conflict (stream_id) do update set version = stream_heads.version + 1
            """;

    /** Rows are taken in the order of ids, by every writer, so that none waits for another in a circle. */
    private static final String WRITE = """
            insert into stream_heads as h (%s)
            select %s from %s
            order by u.stream_id
            on conflict (stream_id) do update set version = excluded.version, %s
            where h.version = excluded.version - 1
            """.formatted(
                    COLUMNS.names(""), COLUMNS.names("u."), COLUMNS.unnest("u"), COLUMNS.assignments("excluded", KEY));

    private static final String BEHIND =
            "select stream_id from stream_heads where stream_id > ? order by stream_id limit ?";

    private static final String OF_OTHER_VERSION =
            "select stream_id from stream_heads where fold_version <> ? order by stream_id limit ?";

    private StreamHeads() {}

    /** The heads of those of the streams that have one. */
    static Map<UUID, StreamHead> read(Connection connection, Collection<UUID> streams) throws SQLException {
        Map<UUID, StreamHead> heads = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(WITH_INCIDENT)) {
            statement.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    StreamHead head = head(rows);
                    heads.put(head.streamId(), head);
                }
            }
        }
        return heads;
    }

    /** Takes the streams for this transaction, in the order of their ids, and reads them; a new stream gets an empty head. */
    static Map<UUID, StreamHead> lock(Connection connection, Collection<UUID> streams) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            statement.executeUpdate();
        }
        return read(connection, streams);
    }

    /** Writes the heads, each a version further; throws where another writer was faster with any of them. */
    static void write(Connection connection, List<StreamHead> heads) throws SQLException, HeadMoved {
        if (heads.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            COLUMNS.bind(statement, heads);
            if (statement.executeUpdate() != heads.size()) {
                throw new HeadMoved();
            }
        }
    }

    /** The next streams by id. */
    static List<UUID> behind(Connection connection, @Nullable UUID stream, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEHIND)) {
            statement.setObject(1, stream == null ? new UUID(0, 0) : stream);
            statement.setInt(2, limit);
            return ids(statement);
        }
    }

    /** Some streams that are folded with another version than this. */
    static List<UUID> ofOtherVersion(Connection connection, int foldVersion, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_OTHER_VERSION)) {
            statement.setInt(1, foldVersion);
            statement.setInt(2, limit);
            return ids(statement);
        }
    }

    private static List<UUID> ids(PreparedStatement statement) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(Rows.uuid(rows, "stream_id"));
            }
        }
        return ids;
    }

    private static StreamHead head(ResultSet row) throws SQLException {
        UUID incidentId = Rows.uuidOrNull(row, "incident_id");
        Incident incident = Rows.uuidOrNull(row, "i_id") == null ? null : IncidentRow.incident(row, "i_");
        String signal = row.getString("signal");
        StreamState state = new StreamState(
                signal == null ? null : Signal.valueOf(signal),
                Rows.instantOrNull(row, "signal_since"),
                signal == null ? null : Rows.position(row, "last_signal_at", "last_signal_id"),
                row.getString("no_data_trans_id"),
                incident);
        StreamHead.Counts counts = new StreamHead.Counts(
                row.getLong("signal_count"),
                row.getLong("operator_count"),
                row.getLong("stray_count"),
                row.getLong("duplicate_count"),
                row.getLong("late_count"),
                row.getLong("incident_count"));
        return new StreamHead(
                Rows.uuid(row, "stream_id"),
                row.getLong("version"),
                row.getInt("fold_version"),
                Rows.instant(row, "newest_at"),
                Rows.uuid(row, "greatest_id"),
                state,
                incidentId,
                Rows.instantOrNull(row, "estimated_at"),
                counts,
                row.getInt("display_hash"));
    }

    private static Function<StreamHead, @Nullable Object> lastSignal(Function<Position, Object> part) {
        return head -> {
            Position last = head.state().lastSignal();
            return last == null ? null : part.apply(last);
        };
    }

    /** Another writer changed a stream between its reading and its writing; the transaction must begin again. */
    static final class HeadMoved extends Exception {
        private static final long serialVersionUID = 1;

        HeadMoved() {
            super("a stream was written by another writer", null, false, false);
        }
    }
}
