package foldback.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of the sixteen parts of a rebuild, which can be worked on beside the others: the streams whose ids begin with the same four bits.
 * Ids are hashes, so the parts are about as large as each other.
 *
 * @param number from 0
 * @param done its last stream that is done, null where none is
 */
record RebuildPart(int number, @Nullable UUID done) {
    static final int COUNT = 16;

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int STREAMS_READ = 1000;

    private static final String NEXT = """
            select stream_id, signal_count + operator_count as events from stream_heads
            where stream_id > ? and stream_id <= ?
            order by stream_id
            limit ?
            """;

    /** A stream that is to be folded, and how many events it is said to have. */
    record Stream(UUID id, long events) {}

    /** The part, with that stream and all before it done. */
    RebuildPart after(UUID stream) {
        return new RebuildPart(number, stream);
    }

    /** The next streams that are not done, by id; none where the part is done. */
    List<Stream> next(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setObject(1, done != null ? done : number == 0 ? BEFORE_ALL : end(number - 1));
            statement.setObject(2, end(number));
            statement.setInt(3, STREAMS_READ);
            List<Stream> streams = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    streams.add(new Stream(Rows.uuid(rows, "stream_id"), rows.getLong("events")));
                }
            }
            return streams;
        }
    }

    private static UUID end(int number) {
        return new UUID((long) number << 60 | 0x0FFF_FFFF_FFFF_FFFFL, -1L);
    }
}
