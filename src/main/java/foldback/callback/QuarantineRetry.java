package foldback.callback;

import foldback.ledger.Callback;
import foldback.ledger.Completeness;
import foldback.ledger.IdempotencyKeys;
import foldback.ledger.KeyClaim;
import foldback.ledger.Outcome;
import foldback.ledger.Recording;
import foldback.problem.Refusal;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads a quarantined callback again, as of its receipt; where that succeeds it moves over into the log, in one transaction. */
@Singleton
final class QuarantineRetry {
    private static final String READ = """
            select received_at, remote_address, content_type, status, body from quarantine where id = ?
            """;

    /** Waits for another retry of the entry, and then finds it resolved. */
    private static final String RESOLVE = """
            update quarantine set status = 'resolved', retried_at = now(), event_ids = ?
            where id = ? and status <> 'resolved'
            returning (select count(*) from quarantine_deliveries d where d.quarantine_id = quarantine.id)
            """;

    private static final String STILL = """
            update quarantine set retried_at = now(), kind = ?, reason = ?, field = ? where id = ? and status <> 'resolved'
            """;

    private static final String DISMISS = """
            update quarantine set status = 'dismissed' where id = ? and status <> 'resolved' returning id
            """;

    private final DataSource database;
    private final Recording recording;
    private final Completeness.Writer writer;

    QuarantineRetry(DataSource database, Recording recording, Completeness completeness) {
        this.database = database;
        this.recording = recording;
        this.writer = completeness.quarantine();
    }

    /**
     * Reads it again and records what it says.
     *
     * @param claim at which it is noted that it is recorded; null where whoever asks for it sent no key
     * @return false where there is no such entry
     */
    boolean retry(UUID id, @Nullable KeyClaim claim) throws SQLException {
        Received received = read(id);
        if (received == null) {
            return false;
        }
        CallbackReading reading = CallbackReader.read(received.body());
        if (reading instanceof CallbackReading.Read read) {
            record(Receiver.callback(received, read), claim);
        } else {
            still(id, (CallbackReading.NotRead) reading);
        }
        return true;
    }

    private void record(Callback callback, @Nullable KeyClaim claim) throws SQLException {
        UUID id = callback.id();
        try {
            recording.record(List.of(callback), writer, (connection, outcomes) -> {
                moveOver(connection, id, outcomes.get(0));
                IdempotencyKeys.record(connection, claim, List.of(id));
            });
        } catch (SQLException e) {
            if (!Recording.isRefusal(e)) {
                throw e;
            }
            still(id, Receiver.UNRECORDABLE);
        }
    }

    /** False where there is no such entry. */
    boolean dismiss(UUID id) throws SQLException {
        if (read(id) == null) {
            return false;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(DISMISS)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw resolved(id);
                }
            }
            return true;
        }
    }

    private @Nullable Received read(UUID id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                if ("resolved".equals(row.getString("status"))) {
                    throw resolved(id);
                }
                return new Received(
                        id,
                        row.getObject("received_at", java.time.OffsetDateTime.class)
                                .toInstant(),
                        row.getString("remote_address"),
                        row.getString("content_type"),
                        row.getBytes("body"));
            }
        }
    }

    /** The first delivery is counted by the recording; all others of the entry were duplicates of it. */
    private void moveOver(Connection connection, UUID id, Outcome outcome) throws SQLException {
        List<Outcome.Entry> entries = outcome instanceof Outcome.Recorded recorded
                ? recorded.entries()
                : ((Outcome.Duplicate) outcome).entries();
        Object[] eventIds =
                entries.stream().map(Outcome.Entry::eventId).distinct().toArray();
        try (PreparedStatement statement = connection.prepareStatement(RESOLVE)) {
            statement.setArray(1, connection.createArrayOf("uuid", eventIds));
            statement.setObject(2, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw resolved(id);
                }
                Completeness.countMovedOver(connection, writer, row.getLong(1));
            }
        }
    }

    private void still(UUID id, CallbackReading.NotRead notRead) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(STILL)) {
            statement.setString(1, notRead.kind().word());
            statement.setString(2, notRead.reason());
            statement.setString(3, notRead.field());
            statement.setObject(4, id);
            statement.executeUpdate();
        }
    }

    private static RuntimeException resolved(UUID id) {
        return Refusal.CONFLICT.because("The entry " + id + " is resolved: its callback was read and recorded.");
    }
}
