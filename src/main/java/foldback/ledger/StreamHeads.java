package foldback.ledger;

import foldback.database.Together;
import foldback.database.UuidArray;
import foldback.fold.Incident;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The only writer of {@code stream_heads}. A head is read, folded and written once, where its version is still the one that was read. */
final class StreamHeads {
    private static final List<String> KEY = List.of("stream_id", "version");

    private static final String WITH_INCIDENT =
            """
            select %s, %s
            from stream_heads h
            left join incidents i on i.stream_id = h.stream_id and i.id = h.incident_id
            where h.stream_id = any (?)
            """.formatted(HeadColumns.ALL.names("h."), IncidentColumns.ALL.names("i."));

    private static final String BARE =
            "select %s from stream_heads h where h.stream_id = any (?)".formatted(HeadColumns.ALL.names("h."));

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
    private static final String UPSERT = """
            insert into stream_heads as h (%s)
            select %s from %s
            order by u.stream_id
            on conflict (stream_id) do update set version = excluded.version, %s%%s
            where h.version = excluded.version - 1
            """.formatted(
                    HeadColumns.ALL.names(""),
                    HeadColumns.ALL.names("u."),
                    HeadColumns.ALL.rows("u"),
                    HeadColumns.ALL.assignments("excluded", KEY));

    /** The greater one: a transaction that began earlier may come later, having waited for the other. A new head has now by itself. */
    private static final String WRITE = UPSERT.formatted(", recorded_at = greatest(h.recorded_at, now())");

    private static final String REFOLD = UPSERT.formatted("");

    private StreamHeads() {}

    /** The heads of those of the streams that have one, among other statements: they are there once those have run. */
    static Map<UUID, StreamHead> read(Together together, Collection<UUID> streams) {
        return read(
                together, streams, WITH_INCIDENT, row -> IncidentRow.incidentOrNull(row, 1 + HeadColumns.ALL.size()));
    }

    /** The same without their incidents, for whoever folds these anyway: they are most of what a head weighs. */
    static Map<UUID, StreamHead> readBare(Connection connection, Collection<UUID> streams) throws SQLException {
        Together together = new Together();
        Map<UUID, StreamHead> heads = readBare(together, streams);
        together.run(connection);
        return heads;
    }

    private static Map<UUID, StreamHead> readBare(Together together, Collection<UUID> streams) {
        return read(together, streams, BARE, row -> null);
    }

    @FunctionalInterface
    private interface ItsIncident {
        @Nullable
        Incident of(ResultSet row) throws SQLException;
    }

    private static Map<UUID, StreamHead> read(
            Together together, Collection<UUID> streams, String sql, ItsIncident incident) {
        Map<UUID, StreamHead> heads = new HashMap<>();
        together.ask(sql, ids(streams), rows -> {
            while (rows.next()) {
                StreamHead head = HeadColumns.head(rows, incident.of(rows));
                heads.put(head.streamId(), head);
            }
        });
        return heads;
    }

    /**
     * Takes the streams for this transaction, in the order of their ids, and reads them, among other statements; a new stream gets an empty
     * head.
     */
    static Map<UUID, StreamHead> lock(Together together, Collection<UUID> streams) {
        together.add(LOCK, ids(streams));
        return read(together, streams);
    }

    /** The same without their incidents. */
    static Map<UUID, StreamHead> lockBare(Connection connection, Collection<UUID> streams) throws SQLException {
        Together together = new Together();
        together.add(LOCK, ids(streams));
        Map<UUID, StreamHead> heads = readBare(together, streams);
        together.run(connection);
        return heads;
    }

    private static Together.Binding ids(Collection<UUID> streams) {
        return (statement, first) -> {
            statement.setArray(first, UuidArray.of(statement.getConnection(), streams));
            return first + 1;
        };
    }

    /**
     * Writes heads that were folded again and recorded nothing, so that when they last did stays, each a version further; throws where another
     * writer was faster with any of them.
     */
    static void writeRefolded(Connection connection, List<StreamHead> heads) throws SQLException, HeadMoved {
        Together together = new Together();
        HeadColumns.ALL.write(together, REFOLD, heads);
        refuseMoved(together.run(connection).getOrDefault(REFOLD, 0), heads);
    }

    /** Writes heads, each a version further, among other statements; {@link #refuseMoved} must follow. */
    static void write(Together together, List<StreamHead> heads) {
        HeadColumns.ALL.write(together, WRITE, heads);
    }

    static void refuseMoved(Map<String, Integer> written, List<StreamHead> heads) throws HeadMoved {
        refuseMoved(written.getOrDefault(WRITE, 0), heads);
    }

    private static void refuseMoved(int written, List<StreamHead> heads) throws HeadMoved {
        if (written != heads.size()) {
            throw new HeadMoved();
        }
    }

    /** Another writer changed a stream between its reading and its writing; the transaction must begin again. */
    static final class HeadMoved extends Exception {
        private static final long serialVersionUID = 1;

        HeadMoved() {
            super("a stream was written by another writer", null, false, false);
        }
    }
}
