package foldback.spool;

import foldback.database.Patience;
import foldback.database.Statements;
import foldback.ledger.Completeness;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells the database what lies in this process' spool, so that every process can answer for all. A report that commits is also how it is
 * found out that the database does. The only writer of {@code spools}.
 */
@Singleton
public final class SpoolReports {
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private static final String REPORT = """
            insert into spools (spool_id, replica, spooled, bytes, oldest_received_at, reported_at) values (?, ?, ?, ?, ?, now())
            on conflict (spool_id) do update set
                replica = excluded.replica, spooled = excluded.spooled, bytes = excluded.bytes,
                oldest_received_at = excluded.oldest_received_at, reported_at = excluded.reported_at
            """;

    /** Empty ones of processes that are gone; each start of a container may have made one. */
    private static final String FORGET =
            "delete from spools where spooled = 0 and reported_at < now() - interval '1 day'";

    private static final String ELSEWHERE = "select coalesce(sum(spooled), 0) from spools where spool_id <> ?";

    private static final String ALL = "select replica, spooled, reported_at from spools order by replica, spool_id";

    /** What a process said of its spool, and when. */
    public record Report(String replica, long spooled, Instant reportedAt) {}

    private record Sent(SpoolContent content, long atNanos) {}

    private final DataSource database;
    private final Spool spool;
    private final String replica;
    private volatile @Nullable Sent last;

    public SpoolReports(DataSource database, Spool spool, Completeness completeness) {
        this.database = database;
        this.spool = spool;
        this.replica = completeness.quarantine().replica();
    }

    /** Whether there is news to report, or it is time to say that there is none. */
    public boolean due() {
        Sent sent = last;
        return sent == null
                || !sent.content().equals(spool.content())
                || System.nanoTime() - sent.atNanos() > EVERY_NANOS;
    }

    /**
     * Callbacks that other processes said to have in their spools. They may be on their way into the database since then, and in both of
     * what is counted.
     */
    public long elsewhere(Connection connection) throws SQLException {
        try (PreparedStatement statement = Statements.bound(connection, ELSEWHERE, spool.id());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Callbacks by which the spool differs from what the database was told of it. */
    public long untold() {
        Sent sent = last;
        return Math.abs(spool.entries() - (sent == null ? 0 : sent.content().entries()));
    }

    /**
     * Reports, in a transaction of its own.
     *
     * @throws SQLException where the database does not commit
     */
    public void send() throws SQLException {
        SpoolContent content = spool.content();
        Patience.RECORDING.commit(database, connection -> {
            write(connection, content);
            return content;
        });
        last = new Sent(content, System.nanoTime());
    }

    private void write(Connection connection, SpoolContent content) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REPORT)) {
            statement.setObject(1, spool.id());
            statement.setString(2, replica);
            statement.setLong(3, content.entries());
            statement.setLong(4, content.bytes());
            statement.setObject(
                    5, content.oldest() == null ? null : content.oldest().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
        if (last == null) {
            try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                statement.executeUpdate();
            }
        }
    }

    /** What every process last said. */
    public static List<Report> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            List<Report> reports = new ArrayList<>();
            while (row.next()) {
                Instant reportedAt =
                        row.getObject("reported_at", OffsetDateTime.class).toInstant();
                reports.add(new Report(row.getString("replica"), row.getLong("spooled"), reportedAt));
            }
            return reports;
        }
    }
}
