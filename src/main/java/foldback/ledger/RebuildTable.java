package foldback.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The only writer of {@code rebuilds}. A running rebuild belongs to the process that last touched it; one left alone is free to take. */
final class RebuildTable {
    private static final String COLUMNS =
            "id, dry_run, fold_version, state, done, total, differing, resume_points, started_at, finished_at";

    private static final String BEGIN = """
            insert into rebuilds (id, dry_run, fold_version, state, total, owner, touched_at)
            select ?, ?, ?, 'running', coalesce(sum(signal_count + operator_count), 0), ?, clock_timestamp() from stream_heads
            on conflict ((true)) where state = 'running' do nothing
            returning %s
            """.formatted(COLUMNS);

    private static final String RETARGET = "update rebuilds set fold_version = ? where id = ? returning " + COLUMNS;

    private static final String TAKE = """
            update rebuilds set owner = ?, touched_at = clock_timestamp()
            where state = 'running' and (owner = ? or touched_at < clock_timestamp() - interval '10 seconds')
            returning %s
            """.formatted(COLUMNS);

    private static final String TOUCH =
            "update rebuilds set touched_at = clock_timestamp() where id = ? and owner = ? and state = 'running'";

    private static final String ADVANCE = """
            update rebuilds
            set done = done + ?, differing = differing + ?, resume_points[?] = ?, touched_at = clock_timestamp()
            where id = ? and owner = ? and state = 'running'
            """;

    private static final String ADD = """
            update rebuilds set done = done + ?, differing = differing + ?, touched_at = clock_timestamp()
            where id = ? and owner = ? and state = 'running'
            """;

    private static final String END = """
            update rebuilds set state = ?, finished_at = clock_timestamp() where id = ? and owner = ? and state = 'running'
            """;

    private static final String LATEST = "select %s from rebuilds order by id desc limit 1".formatted(COLUMNS);

    /** @param parts as far as each is done */
    record Row(
            UUID id,
            boolean dryRun,
            int foldVersion,
            RebuildState state,
            long done,
            long total,
            long differing,
            List<RebuildPart> parts,
            Instant startedAt,
            @Nullable Instant finishedAt) {}

    private final UUID owner;

    RebuildTable(UUID owner) {
        this.owner = owner;
    }

    /** A new rebuild, owned by this process; null where one runs. */
    @Nullable
    Row begin(Connection connection, UUID id, boolean dryRun, int foldVersion) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setObject(1, id);
            statement.setBoolean(2, dryRun);
            statement.setInt(3, foldVersion);
            statement.setObject(4, owner);
            return row(statement);
        }
    }

    /** The rebuild, now to the given fold version. */
    @Nullable
    Row retarget(Connection connection, UUID id, int foldVersion) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RETARGET)) {
            statement.setInt(1, foldVersion);
            statement.setObject(2, id);
            return row(statement);
        }
    }

    /** The running rebuild, if its process has left it alone. */
    @Nullable
    Row take(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, owner);
            statement.setObject(2, owner);
            return row(statement);
        }
    }

    void touch(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TOUCH)) {
            statement.setObject(1, id);
            statement.setObject(2, owner);
            statement.executeUpdate();
        }
    }

    /** Adds what the streams of a part came to, up to where it is done now; false where the rebuild is not this process's any more. */
    boolean advance(Connection connection, UUID id, RebuildPart part, long events, long differing) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            statement.setLong(1, events);
            statement.setLong(2, differing);
            statement.setInt(3, part.number() + 1);
            statement.setObject(4, part.done());
            statement.setObject(5, id);
            statement.setObject(6, owner);
            return statement.executeUpdate() == 1;
        }
    }

    /** Adds what a stream came to that was met out of turn; false where the rebuild is not this process's any more. */
    boolean add(Connection connection, UUID id, long events, long differing) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setLong(1, events);
            statement.setLong(2, differing);
            statement.setObject(3, id);
            statement.setObject(4, owner);
            return statement.executeUpdate() == 1;
        }
    }

    void end(Connection connection, UUID id, RebuildState state) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setString(1, state.word());
            statement.setObject(2, id);
            statement.setObject(3, owner);
            statement.executeUpdate();
        }
    }

    @Nullable
    Row latest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LATEST)) {
            return row(statement);
        }
    }

    private static @Nullable Row row(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            return new Row(
                    Rows.uuid(row, "id"),
                    row.getBoolean("dry_run"),
                    row.getInt("fold_version"),
                    RebuildState.of(Rows.text(row, "state")),
                    row.getLong("done"),
                    row.getLong("total"),
                    row.getLong("differing"),
                    parts(row),
                    Rows.instant(row, "started_at"),
                    Rows.instantOrNull(row, "finished_at"));
        }
    }

    private static List<RebuildPart> parts(ResultSet row) throws SQLException {
        UUID[] points = (UUID[]) row.getArray("resume_points").getArray();
        return IntStream.range(0, RebuildPart.COUNT)
                .mapToObj(number -> new RebuildPart(number, points[number]))
                .toList();
    }
}
