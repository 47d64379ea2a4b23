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
import java.time.OffsetDateTime;
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

    private final DataSource database;
    private final Recording recording;
    private final Quarantine quarantine;
    private final Completeness.Writer writer;

    QuarantineRetry(DataSource database, Recording recording, Quarantine quarantine, Completeness completeness) {
        this.database = database;
        this.recording = recording;
        this.quarantine = quarantine;
        this.writer = completeness.retries();
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
            quarantine.still(id, (CallbackReading.NotRead) reading);
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
            quarantine.still(id, Receiver.UNRECORDABLE);
        }
    }

    /** False where there is no such entry. */
    boolean dismiss(UUID id) throws SQLException {
        if (read(id) == null) {
            return false;
        }
        if (!quarantine.dismiss(id)) {
            throw resolved(id);
        }
        return true;
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
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
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
        UUID[] eventIds =
                entries.stream().map(Outcome.Entry::eventId).distinct().toArray(UUID[]::new);
        long deliveries = Quarantine.resolve(connection, id, eventIds).orElseThrow(() -> resolved(id));
        Completeness.countMovedOver(connection, writer, deliveries);
    }

    private static RuntimeException resolved(UUID id) {
        return Refusal.CONFLICT.because("The entry " + id + " is resolved: its callback was read and recorded.");
    }
}
