package foldback.callback;

import foldback.database.Patience;
import foldback.database.Statements;
import foldback.ledger.Completeness;
import foldback.ledger.Sha256;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
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

    private static final String HOLD = "select from quarantine where id = ? for update";

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
            update quarantine set status = 'dismissed' where id = ? and status <> 'resolved'
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
        return Patience.RECORDING.commit(database, connection -> keep(connection, received, notRead));
    }

    /**
     * The entry was read after all, and its events are recorded in this transaction.
     *
     * @return how many deliveries it had; empty where it is resolved already
     */
    static OptionalLong resolve(Connection connection, UUID id, UUID[] eventIds) throws SQLException {
        // A statement of its own: the next one then counts the delivery that was added while this one waited.
        try (PreparedStatement held = Statements.bound(connection, HOLD, id)) {
            held.execute();
        }
        try (PreparedStatement statement = Statements.bound(connection, RESOLVE, eventIds, id);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** The entry was read again and is still not recorded, for this reason. */
    void still(UUID id, CallbackReading.NotRead notRead) throws SQLException {
        update(STILL, notRead.kind().word(), notRead.reason(), notRead.field(), id);
    }

    /** Nobody need look at the entry any more; false where it is resolved. */
    boolean dismiss(UUID id) throws SQLException {
        return update(DISMISS, id) > 0;
    }

    private int update(String sql, @Nullable Object... values) throws SQLException {
        return Patience.RECORDING.commit(database, connection -> Statements.update(connection, sql, values));
    }

    private UUID keep(Connection connection, Received received, CallbackReading.NotRead notRead) throws SQLException {
        byte[] hash = Sha256.of(received.body());
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
}
