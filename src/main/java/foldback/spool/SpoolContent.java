package foldback.spool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much waits in a {@link SpoolFile}.
 *
 * @param bytes what it takes on disk, about
 * @param oldest the receipt of the one that has waited longest
 */
record SpoolContent(long entries, long bytes, @Nullable Instant oldest) {
    static final SpoolContent NONE = new SpoolContent(0, 0, null);

    private static final String COUNT = "select count(*), coalesce(sum(length(body)), 0) from entries";

    private static final String OLDEST = "select received_at from entries order by number limit 1";

    /** Reads all that is there; once, at the start. */
    static SpoolContent count(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(COUNT)) {
            row.next();
            long entries = row.getLong(1);
            long bytes = row.getLong(2) + entries * Spooled.AROUND_THE_BODY;
            return new SpoolContent(
                    entries, bytes, oldest(statement.getConnection()).orElse(null));
        }
    }

    static Optional<Instant> oldest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OLDEST)) {
            return row.next() ? Optional.of(instant(row.getLong(1))) : Optional.empty();
        }
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    SpoolContent with(Collection<Spooled> added) {
        Instant first = added.iterator().next().receivedAt();
        return new SpoolContent(entries + added.size(), bytes + size(added), oldest == null ? first : oldest);
    }

    SpoolContent without(Collection<Spooled> removed, @Nullable Instant nowOldest) {
        return new SpoolContent(entries - removed.size(), bytes - size(removed), nowOldest);
    }

    private static long size(Collection<Spooled> callbacks) {
        return callbacks.stream().mapToLong(Spooled::size).sum();
    }
}
