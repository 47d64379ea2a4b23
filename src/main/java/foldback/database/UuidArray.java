package foldback.database;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Many UUIDs as one parameter, in the binary form of PostgreSQL's {@code array_recv}. The driver by itself writes them as text, which
 * takes the server longer to read than all other parameters of a batch.
 */
public final class UuidArray {
    private static final int HEADER = 5 * Integer.BYTES;
    private static final int LENGTH = 2 * Long.BYTES;
    private static final int DIMENSIONS = 1;
    private static final int MAY_HOLD_NULLS = 1;
    private static final int FIRST_INDEX = 1;
    private static final int NULL = -1;

    private UuidArray() {}

    public static Array of(Connection connection, Collection<? extends @Nullable UUID> ids) throws SQLException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + ids.size() * (Integer.BYTES + LENGTH));
        bytes.putInt(DIMENSIONS)
                .putInt(MAY_HOLD_NULLS)
                .putInt(Oid.UUID)
                .putInt(ids.size())
                .putInt(FIRST_INDEX);
        for (UUID id : ids) {
            put(bytes, id);
        }
        byte[] sent = Arrays.copyOf(bytes.array(), bytes.position());
        return new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, sent);
    }

    private static void put(ByteBuffer bytes, @Nullable UUID id) {
        if (id == null) {
            bytes.putInt(NULL);
        } else {
            bytes.putInt(LENGTH).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
    }
}
