package foldback.callback;

import foldback.ledger.Completeness;
import foldback.ledger.Patience;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The only writer of {@code quarantine}: where callbacks go that could not be read. Nothing that arrived is thrown away. */
@Singleton
final class Quarantine {
    /** An equal body within this is another delivery of the first, as CloudMonitor retries. */
    private static final Duration RETRY_WINDOW = Duration.ofMinutes(10);

    /** Equal bodies wait for each other, so that the second finds the first. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(encode(?, 'hex'), 0))";

    /** A callback that comes again, after a commit of unknown outcome, is where it was put then, whatever has become of that. */
    private static final String OWN = "select quarantine_id from quarantine_deliveries where callback_id = ? limit 1";

    /** Locked, so that it is not moved over to the log while a delivery is added to it. */
    private static final String FIRST = """
            select id from quarantine
            where body_hash = ? and received_at between ? and ? and status <> 'resolved'
            order by received_at, id
            limit 1
            for update
            """;

    private static final String INSERT = """
            insert into quarantine (id, received_at, remote_address, content_type, kind, reason, field, body_hash, body)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String DELIVERY = """
            insert into quarantine_deliveries (quarantine_id, callback_id, received_at, remote_address)
            values (?, ?, ?, ?)
            """;

    private final DataSource database;
    private final Completeness completeness;

    Quarantine(DataSource database, Completeness completeness) {
        this.database = database;
        this.completeness = completeness;
    }

    /**
     * Keeps the callback; durable when it returns. Gives the entry that it is in: its own, or that of an equal body just before. A callback
     * that is kept already is not counted again.
     */
    UUID keep(Received received, CallbackReading.NotRead notRead) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean kept = false;
            try {
                Patience.RECORDING.begin(connection);
                UUID id = keep(connection, received, notRead);
                connection.commit();
                kept = true;
                return id;
            } finally {
                Patience.leave(connection, kept);
            }
        }
    }

    private UUID keep(Connection connection, Received received, CallbackReading.NotRead notRead) throws SQLException {
        byte[] hash = sha256(received.body());
        lock(connection, hash);
        UUID own = own(connection, received.id());
        if (own != null) {
            return own;
        }
        UUID first = first(connection, hash, received.receivedAt());
        if (first == null) {
            insert(connection, received, notRead, hash);
        }
        UUID id = first == null ? received.id() : first;
        deliver(connection, id, received);
        Completeness.countQuarantined(connection, completeness.quarantine(), 1);
        return id;
    }

    private static void lock(Connection connection, byte[] hash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setBytes(1, hash);
            statement.execute();
        }
    }

    private static @Nullable UUID own(Connection connection, UUID callbackId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OWN)) {
            statement.setObject(1, callbackId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, UUID.class) : null;
            }
        }
    }

    private static @Nullable UUID first(Connection connection, byte[] hash, Instant receivedAt) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRST)) {
            statement.setBytes(1, hash);
            statement.setObject(2, utc(receivedAt.minus(RETRY_WINDOW)));
            statement.setObject(3, utc(receivedAt.plus(RETRY_WINDOW)));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, UUID.class) : null;
            }
        }
    }

    private static void insert(Connection connection, Received received, CallbackReading.NotRead notRead, byte[] hash)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, received.id());
            statement.setObject(2, utc(received.receivedAt()));
            statement.setString(3, received.remoteAddress());
            statement.setString(4, received.contentType());
            statement.setString(5, notRead.kind().word());
            statement.setString(6, notRead.reason());
            statement.setString(7, notRead.field());
            statement.setBytes(8, hash);
            statement.setBytes(9, received.body());
            statement.executeUpdate();
        }
    }

    private static void deliver(Connection connection, UUID id, Received received) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELIVERY)) {
            statement.setObject(1, id);
            statement.setObject(2, received.id());
            statement.setObject(3, utc(received.receivedAt()));
            statement.setString(4, received.remoteAddress());
            statement.executeUpdate();
        }
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
