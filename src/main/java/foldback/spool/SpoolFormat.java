package foldback.spool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.sqlite.SQLiteConfig;

/** What a {@link SpoolFile} is as a SQLite database, and how it is opened. */
final class SpoolFormat {
    private static final int VERSION = 1;

    private static final String SPOOL = """
            create table spool (
                id text not null, -- of this spool, whichever process has it
                database_seen integer not null default 0 -- whether it has ever been reported to a database
            ) strict
            """;

    private static final String ENTRIES = """
            create table entries (
                number integer primary key, -- in the order of arrival
                id text not null, -- of the callback
                received_at integer not null, -- microseconds since 1970
                remote_address text,
                content_type text,
                body blob not null
            ) strict
            """;

    private SpoolFormat() {}

    /** Opens the database, or makes it, with the given id. */
    static Connection open(Path file, UUID newId) throws SQLException {
        Connection connection = config().createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            // Where fsync alone does not reach the disk: macOS.
            statement.execute("pragma fullfsync = on");
            statement.execute("pragma checkpoint_fullfsync = on");
            SpoolTransaction.run(connection, () -> create(connection, newId));
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // With this journal it means that each commit is synced, and not only each checkpoint.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // One process, so no memory is shared beside the log.
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(16 << 20));
        return config;
    }

    private static int create(Connection connection, UUID newId) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = version(statement);
            if (version > VERSION) {
                throw new SQLException("a newer version of this program wrote it, in format " + version);
            }
            if (version == VERSION) {
                return version;
            }
            statement.execute(SPOOL);
            statement.execute(ENTRIES);
            try (PreparedStatement insert = connection.prepareStatement("insert into spool (id) values (?)")) {
                insert.setString(1, newId.toString());
                insert.executeUpdate();
            }
            statement.execute("pragma user_version = " + VERSION);
            return VERSION;
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet answer = statement.executeQuery("pragma user_version")) {
            answer.next();
            return answer.getInt(1);
        }
    }
}
