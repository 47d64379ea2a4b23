package foldback.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Goes through all streams in the order of their ids, some at a time. */
final class StreamWalk {
    /** No index has the version, which few streams ever differ in: a walk along the key, a piece at a time, finds those that do. */
    private static final String OTHER_VERSIONS = """
            select (array_agg(h.stream_id order by h.stream_id desc))[1] as last,
                array_agg(h.stream_id) filter (where h.fold_version <> ?) as others
            from (select stream_id, fold_version from stream_heads where stream_id > ? order by stream_id limit ?) h
            """;

    private StreamWalk() {}

    /**
     * A piece of all streams, in the order of their ids.
     *
     * @param last its last stream; null where there are no more
     * @param others those of its streams that are folded with another version than the one asked for
     */
    record Piece(@Nullable UUID last, List<UUID> others) {}

    /** The next streams by id, looked through for those that are folded with another version than this. */
    static Piece otherVersions(Connection connection, int foldVersion, @Nullable UUID stream, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OTHER_VERSIONS)) {
            statement.setInt(1, foldVersion);
            statement.setObject(2, stream == null ? new UUID(0, 0) : stream);
            statement.setInt(3, limit);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Array others = row.getArray("others");
                return new Piece(
                        Rows.uuidOrNull(row, "last"), others == null ? List.of() : List.of((UUID[]) others.getArray()));
            }
        }
    }
}
