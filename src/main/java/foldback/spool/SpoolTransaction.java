package foldback.spool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * All or nothing, on a connection to SQLite that is left to itself otherwise. Not by the driver's own transactions: SQLite ends one by
 * itself where the disk is full or fails, and the driver, which then neither undoes it nor begins another, is of no more use until the next start.
 */
final class SpoolTransaction {
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    private SpoolTransaction() {}

    /** Durable when it returns; without a trace where it throws. */
    static <T> T run(Connection connection, Work<T> work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            try {
                T result = work.run();
                statement.execute("commit");
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                undo(statement, e);
                throw e;
            }
        }
    }

    private static void undo(Statement statement, Throwable cause) {
        try {
            statement.execute("rollback");
        } catch (SQLException undone) {
            // By SQLite itself, already.
            cause.addSuppressed(undone);
        }
    }
}
