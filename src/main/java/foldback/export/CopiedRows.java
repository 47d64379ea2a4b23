package foldback.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
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
    private static final String COPY = "copy (%s) to stdout (format binary)";

    /** Behind a signature of 11 bytes and flags, which say nothing of what is copied here. */
    private static final int LENGTH_OF_EXTENSION = 15;

    private static final short END = -1;
    private static final int NULL = -1;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyOut out;
    private ByteBuffer row;

    private CopiedRows(CopyOut out) throws SQLException {
        this.out = out;
        this.row = message();
        row.position(LENGTH_OF_EXTENSION);
        row.position(row.getInt() + row.position());
    }

    /** @param query with all its values */
    static CopiedRows of(PGConnection connection, String query) throws SQLException {
        return new CopiedRows(connection.getCopyAPI().copyOut(COPY.formatted(query)));
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
        if (!row.hasRemaining()) {
            row = message();
        }
        boolean more = row.getShort() != END;
        if (!more) {
            end();
        }
        return more;
    }

    /** Gives the connection back. */
    private void end() throws SQLException {
        if (out.readFromCopy() != null) {
            throw new IllegalStateException("a copy went on behind its trailer");
        }
    }

    @Nullable
    UUID uuid() {
        return isNull() ? null : new UUID(row.getLong(), row.getLong());
    }

    /** Of a {@code timestamptz}. */
    @Nullable
    Instant instant() {
        return isNull() ? null : EPOCH.plus(row.getLong(), ChronoUnit.MICROS);
    }

    @Nullable
    Integer integer() {
        return isNull() ? null : (Integer) row.getInt();
    }

    @Nullable
    Long bigint() {
        return isNull() ? null : (Long) row.getLong();
    }

    @Nullable
    Boolean truth() {
        return isNull() ? null : (Boolean) (row.get() != 0);
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

    private boolean isNull() {
        return row.getInt() == NULL;
    }

    /** Where rows are left, they are not sent. */
    @Override
    public void close() throws SQLException {
        if (out.isActive()) {
            out.cancelCopy();
        }
    }
}
