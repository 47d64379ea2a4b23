package foldback.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a query as {@code COPY} sends them in its binary format, one a message, and their values one after the other: the database
 * goes on while they are read, and one row is in memory. Until the last one the connection takes no other statement.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4">the format</a>
 */
final class CopiedRows implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CopiedRows.class);
    private static final String COPY = "copy (%s) to stdout (format binary)";

    /** Behind a signature of 11 bytes and flags, which say nothing of what is copied here. */
    private static final int LENGTH_OF_EXTENSION = 15;

    private static final short END = -1;
    private static final int NULL = -1;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final PGConnection connection;
    private final int columns;
    private final CopyOut out;
    private boolean begun;
    private ByteBuffer row = ByteBuffer.allocate(0);

    /**
     * @param query with all its values
     * @param columns how many it selects
     */
    CopiedRows(PGConnection connection, String query, int columns) throws SQLException {
        this.connection = connection;
        this.columns = columns;
        this.out = connection.getCopyAPI().copyOut(COPY.formatted(query));
    }

    private void begin() throws SQLException {
        row = message();
        row.position(LENGTH_OF_EXTENSION);
        row.position(row.getInt() + row.position());
        begun = true;
    }

    private ByteBuffer message() throws SQLException {
        byte[] message = out.readFromCopy();
        if (message == null) {
            throw new IllegalStateException("a copy ended without its trailer");
        }
        return ByteBuffer.wrap(message);
    }

    /** Whether there is one more. */
    boolean next() throws SQLException {
        if (!begun) {
            begin();
        }
        if (!row.hasRemaining()) {
            row = message();
        }
        short values = row.getShort();
        if (values == END) {
            end();
            return false;
        }
        if (values != columns) {
            throw new IllegalStateException("a row has " + values + " values instead of " + columns);
        }
        return true;
    }

    /** Gives the connection back. */
    private void end() throws SQLException {
        if (out.readFromCopy() != null) {
            throw new IllegalStateException("a copy went on behind its trailer");
        }
    }

    @Nullable
    UUID uuid() {
        return isNull(2 * Long.BYTES) ? null : new UUID(row.getLong(), row.getLong());
    }

    /** Of a {@code timestamptz}. */
    @Nullable
    Instant instant() {
        return isNull(Long.BYTES) ? null : EPOCH.plus(row.getLong(), ChronoUnit.MICROS);
    }

    @Nullable
    Integer integer() {
        return isNull(Integer.BYTES) ? null : (Integer) row.getInt();
    }

    @Nullable
    Long bigint() {
        return isNull(Long.BYTES) ? null : (Long) row.getLong();
    }

    @Nullable
    Boolean truth() {
        return isNull(1) ? null : (Boolean) (row.get() != 0);
    }

    @Nullable
    String text() {
        int length = row.getInt();
        if (length == NULL) {
            return null;
        }
        int at = row.position();
        row.position(at + length);
        return new String(row.array(), row.arrayOffset() + at, length, StandardCharsets.UTF_8);
    }

    /** @param bytes of the type that is read; of another one all that follows would be read askew */
    private boolean isNull(int bytes) {
        int length = row.getInt();
        if (length != NULL && length != bytes) {
            throw new IllegalStateException("a value has " + length + " bytes instead of " + bytes);
        }
        return length == NULL;
    }

    /**
     * Where rows are left, their query is cancelled, and what is on its way is read: the driver would take it for the answer to the next
     * statement.
     */
    @Override
    public void close() throws SQLException {
        if (!out.isActive()) {
            return;
        }
        try {
            connection.cancelQuery();
            leave();
        } catch (SQLException cancelled) {
            LOG.debugf("a copy was left: %s", cancelled.getMessage());
        } finally {
            unlock();
        }
    }

    private void leave() throws SQLException {
        byte[] message;
        do {
            message = out.readFromCopy();
        } while (message != null);
    }

    /** Of a connection that is lost, which the driver would wait for. */
    private void unlock() throws SQLException {
        if (out.isActive()) {
            out.cancelCopy();
        }
    }
}
