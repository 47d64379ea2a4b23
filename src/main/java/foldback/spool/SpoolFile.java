package foldback.spool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Callbacks on local disk in the order of their arrival: a SQLite database whose write-ahead log is the journal. What {@link #append}
 * returned from survives a power cut. A group that was being written when the process or the machine ended is there whole or not at all,
 * told by the checksum of each frame of the log, and never harms the groups before it.
 */
final class SpoolFile implements AutoCloseable {
    private static final int PAGES_NOT_WORTH_GIVING_BACK = 1024;

    private static final String APPEND = """
            insert into entries (number, id, received_at, remote_address, content_type, body) values (?, ?, ?, ?, ?, ?)
            """;

    private static final String READ = """
            select number, id, received_at, remote_address, content_type, body from entries where number > ? order by number
            """;

    private static final String REMOVE = "delete from entries where number = ?";

    private final Connection connection;
    private final UUID id;
    private long lastNumber;
    private volatile SpoolContent content;

    SpoolFile(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            this.id = UUID.fromString(idOf(statement));
            this.content = SpoolContent.count(statement);
            this.lastNumber = lastNumber(statement);
        }
    }

    /** Opens the file, or makes it with the given id; its directory is there, and no other process has it. */
    static SpoolFile open(Path file, UUID newId) throws SQLException {
        Connection connection = SpoolFormat.open(file, newId);
        try {
            return new SpoolFile(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether the service has worked on its database with this spool before. */
    synchronized boolean databaseSeen() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select database_seen from spool")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    synchronized void seeDatabase() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update spool set database_seen = 1");
        }
    }

    private static String idOf(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select id from spool")) {
            row.next();
            return row.getString(1);
        }
    }

    private static long lastNumber(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select coalesce(max(number), 0) from entries")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Of this spool, whichever process has it. */
    UUID id() {
        return id;
    }

    SpoolContent content() {
        return content;
    }

    /** All of them are durable when it returns; none is there where it throws. */
    synchronized void append(List<Spooled> group) throws SQLException {
        lastNumber = SpoolTransaction.run(connection, () -> insert(group));
        content = content.with(group);
    }

    private long insert(List<Spooled> group) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            long number = lastNumber;
            for (Spooled entry : group) {
                bind(statement, ++number, entry);
                statement.addBatch();
            }
            statement.executeBatch();
            return number;
        }
    }

    private static void bind(PreparedStatement statement, long number, Spooled entry) throws SQLException {
        statement.setLong(1, number);
        statement.setString(2, entry.id().toString());
        statement.setLong(3, ChronoUnit.MICROS.between(Instant.EPOCH, entry.receivedAt()));
        statement.setString(4, entry.remoteAddress());
        statement.setString(5, entry.contentType());
        statement.setBytes(6, entry.body());
    }

    /** The entries behind a number, in order: at most so many, and no more once their bodies have so many bytes. */
    synchronized List<Spooled> read(long behind, int most, long mostBytes) throws SQLException {
        List<Spooled> read = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setLong(1, behind);
            long bytes = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (read.size() < most && bytes < mostBytes && row.next()) {
                    Spooled entry = entry(row);
                    bytes += entry.body().length;
                    read.add(entry);
                }
            }
        }
        return read;
    }

    private static Spooled entry(ResultSet row) throws SQLException {
        return new Spooled(
                row.getLong("number"),
                UUID.fromString(row.getString("id")),
                SpoolContent.instant(row.getLong("received_at")),
                row.getString("remote_address"),
                row.getString("content_type"),
                row.getBytes("body"));
    }

    /** Takes out what is in the database; nothing is taken out where it throws. */
    synchronized void remove(Collection<Spooled> done) throws SQLException {
        Optional<Instant> oldest = SpoolTransaction.run(connection, () -> {
            delete(done);
            return SpoolContent.oldest(connection);
        });
        content = content.without(done, oldest.orElse(null));
    }

    private void delete(Collection<Spooled> done) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            for (Spooled entry : done) {
                statement.setLong(1, entry.number());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Where it is empty, gives the room back to the disk; quick, as there is nothing to keep. */
    synchronized void shrink() throws SQLException {
        if (content.entries() > 0) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (pages(statement) > PAGES_NOT_WORTH_GIVING_BACK) {
                statement.execute("vacuum");
                statement.execute("pragma wal_checkpoint(truncate)");
            }
        }
    }

    private static long pages(Statement statement) throws SQLException {
        try (ResultSet answer = statement.executeQuery("pragma page_count")) {
            answer.next();
            return answer.getLong(1);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
