package foldback.ledger;

import foldback.database.Together;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether all that arrived is accounted for: received = recorded + duplicate + quarantined + still spooled. Each recording transaction
 * adds to a row of its writer, beside what it records, so the counts can be checked against the log at any time. The only writer of
 * {@code callback_counts}.
 */
@Singleton
public final class Completeness {
    private static final int QUARANTINE = -1;
    private static final int RETRIES = -2;

    private static final String ADD = """
            insert into callback_counts as c (replica, lane, received, recorded, duplicate, quarantined)
            values (?, ?, ?, ?, ?, ?)
            on conflict (replica, lane) do update set
                received = c.received + excluded.received,
                recorded = c.recorded + excluded.recorded,
                duplicate = c.duplicate + excluded.duplicate,
                quarantined = c.quarantined + excluded.quarantined
            """;

    private static final String SUM = """
            select coalesce(sum(received), 0) as received, coalesce(sum(recorded), 0) as recorded,
                coalesce(sum(duplicate), 0) as duplicate, coalesce(sum(quarantined), 0) as quarantined,
                (select count(*) from quarantine where status = 'pending') as pending,
                (select min(received_at) from quarantine where status = 'pending') as oldest
            from callback_counts
            """;

    /** One statement, so that all of it is of one moment. Slow on a large log: it reads all of it. */
    private static final String RECOUNT = """
            select (select coalesce(sum(received), 0) from callback_counts) as received,
                (select count(distinct callback_id) from events where type = 'signal') as recorded,
                (select count(distinct callback_id) from deliveries where not brought_news)
                    + (select count(*) - count(distinct q.id) from quarantine_deliveries d join quarantine q on q.id = d.quarantine_id
                       where q.status = 'resolved') as duplicate,
                (select count(*) from quarantine_deliveries d join quarantine q on q.id = d.quarantine_id
                 where q.status <> 'resolved') as quarantined,
                (select count(*) from quarantine where status = 'pending') as pending,
                (select min(received_at) from quarantine where status = 'pending') as oldest
            """;

    /** Whose counts: one of the lanes of one process, what it quarantines, or what it retries of that. */
    public record Writer(String replica, int lane) {}

    /** How many callbacks reached the database, and where they are; those that are still spooled have not. */
    public record Account(
            long received,
            long recorded,
            long duplicate,
            long quarantined,
            long quarantinePending,
            @Nullable Instant quarantineOldest) {
        public boolean agrees() {
            return received == recorded + duplicate + quarantined;
        }
    }

    private final String replica;

    public Completeness(ReplicaConfig config, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.replica = config.replica().orElseGet(() -> hostName() + ":" + port);
    }

    Writer writer(int lane) {
        return new Writer(replica, lane);
    }

    /** The writer of what is put into quarantine. */
    public Writer quarantine() {
        return new Writer(replica, QUARANTINE);
    }

    /** The writer of what is taken out of it again: another one, for it counts before it holds the entry, not behind that. */
    public Writer retries() {
        return new Writer(replica, RETRIES);
    }

    /** Counts callbacks that go to quarantine. */
    public static void countQuarantined(Connection connection, Writer writer, long callbacks) throws SQLException {
        count(connection, writer, new CallbackCounts(callbacks, 0, 0, callbacks));
    }

    /** Counts an entry that a retry could read: its first delivery was recorded just now, the others were duplicates of it. */
    public static void countMovedOver(Connection connection, Writer writer, long deliveries) throws SQLException {
        count(connection, writer, new CallbackCounts(-1, 0, deliveries - 1, -deliveries));
    }

    static void count(Connection connection, Writer writer, CallbackCounts counts) throws SQLException {
        Together together = new Together();
        count(together, writer, counts);
        together.run(connection);
    }

    /** The same, among other statements. */
    static void count(Together together, Writer writer, CallbackCounts counts) {
        if (counts.equals(CallbackCounts.NONE)) {
            return;
        }
        together.add(ADD, (statement, first) -> {
            int next = first;
            statement.setString(next++, writer.replica());
            statement.setInt(next++, writer.lane());
            statement.setLong(next++, counts.received());
            statement.setLong(next++, counts.recorded());
            statement.setLong(next++, counts.duplicate());
            statement.setLong(next++, counts.quarantined());
            return next;
        });
    }

    /** The account by the counts that were written, or by the log itself. */
    public static Account account(Connection connection, boolean recount) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(recount ? RECOUNT : SUM);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Account(
                    row.getLong("received"),
                    row.getLong("recorded"),
                    row.getLong("duplicate"),
                    row.getLong("quarantined"),
                    row.getLong("pending"),
                    Rows.instantOrNull(row, "oldest"));
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
