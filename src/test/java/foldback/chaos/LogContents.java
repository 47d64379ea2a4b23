package foldback.chaos;

import foldback.testing.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the log holds, by callback.
 *
 * @param events event by callback and stream
 * @param deliveries the same, for signals that were known
 * @param quarantined entry by callback
 */
record LogContents(
        Map<Place, UUID> events, Map<Place, UUID> deliveries, Map<UUID, UUID> quarantined, Set<UUID> callbacks) {
    record Place(UUID callback, UUID stream) {}

    static LogContents read(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            LogContents contents = new LogContents(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>());
            contents.places(
                    connection, "select callback_id, stream_id, id from events where type = 'signal'", contents.events);
            contents.places(connection, "select callback_id, stream_id, event_id from deliveries", contents.deliveries);
            contents.read(connection, "select callback_id, quarantine_id from quarantine_deliveries", row -> {
                contents.quarantined.put(uuid(row, 1), uuid(row, 2));
                contents.callbacks.add(uuid(row, 1));
            });
            return contents;
        }
    }

    private void places(Connection connection, String question, Map<Place, UUID> places) throws SQLException {
        read(connection, question, row -> {
            UUID twice = places.put(new Place(uuid(row, 1), uuid(row, 2)), uuid(row, 3));
            if (twice != null) {
                throw new AssertionError("callback " + uuid(row, 1) + " is twice in stream " + uuid(row, 2));
            }
            callbacks.add(uuid(row, 1));
        });
    }

    private interface Take {
        void row(ResultSet row) throws SQLException;
    }

    private void read(Connection connection, String question, Take take) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(10_000);
            try (ResultSet rows = statement.executeQuery(question)) {
                while (rows.next()) {
                    take.row(rows);
                }
            }
        }
    }

    private static UUID uuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /** Whether the event of a signal that was answered as recorded, or the delivery of one that was known, is there. */
    boolean holds(UUID callback, UUID stream, UUID event) {
        Place place = new Place(callback, stream);
        return event.equals(events.get(place)) || event.equals(deliveries.get(place));
    }
}
