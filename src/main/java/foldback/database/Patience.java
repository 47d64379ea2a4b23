package foldback.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * How long a transaction that writes may wait for the database, so that none hangs for ever, and none holds others up: for a lock, for a
 * statement, for its own process between two statements, and for any word at all on a connection that may be cut.
 */
public enum Patience {
    /** Somebody waits for the answer. */
    RECORDING(Duration.ofSeconds(3), Duration.ofSeconds(10), "off"),
    /** Nobody waits for the answer; others wait behind it. */
    UNHURRIED(Duration.ofSeconds(3), Duration.ofMinutes(1), "off"),
    /** Background work, of which a single statement may take long. */
    AT_LEISURE(Duration.ofSeconds(10), Duration.ofMinutes(5), "on");

    private static final Logger LOG = Logger.getLogger(Patience.class);

    /**
     * In one message, for as long as the transaction lasts. Recording looks up single rows, always by index: left to itself the planner
     * reads whole tables where their statistics are older than a storm, and a batch then takes a hundred times as long.
     */
    private static final String LIMITS = """
            select set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true),
                set_config('idle_in_transaction_session_timeout', ?, true), set_config('enable_seqscan', ?, true),
                set_config('enable_bitmapscan', ?, true), set_config('enable_hashjoin', ?, true), set_config('enable_mergejoin', ?, true)
            """;

    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";

    private static final Duration TO_CANCEL = Duration.ofSeconds(5);

    private final Duration lock;
    private final Duration statement;
    private final String scans;

    /** @param scans whether a statement may read whole tables, {@code on} or {@code off} */
    Patience(Duration lock, Duration statement, String scans) {
        this.lock = lock;
        this.statement = statement;
        this.scans = scans;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run(Connection connection) throws SQLException, E;
    }

    /** The same, with what the transaction has to begin with: to be added to, and run. */
    @FunctionalInterface
    public interface Opened<T, E extends Exception> {
        T run(Connection connection, Together opening) throws SQLException, E;
    }

    /**
     * Does the work in a transaction of its own, which is limited so, and commits it.
     *
     * @throws SQLException where it failed and was rolled back, or broke while committing, so that nobody knows
     */
    public <T, E extends Exception> T commit(DataSource database, Work<T, E> work) throws SQLException, E {
        return commit(database, (connection, opening) -> {
            opening.run(connection);
            return work.run(connection);
        });
    }

    /** The same, where the limits go to the database with the transaction's first statements. */
    public <T, E extends Exception> T commit(DataSource database, Opened<T, E> work) throws SQLException, E {
        return committed(database, connection -> work.run(connection, opening(connection)));
    }

    /** Asks in one snapshot, in which nothing can be written. */
    public <T, E extends Exception> T read(DataSource database, Work<T, E> work) throws SQLException, E {
        return committed(database, connection -> {
            Together opening = new Together();
            opening.add(SNAPSHOT, (statement, first) -> first);
            limit(connection, opening);
            opening.run(connection);
            return work.run(connection);
        });
    }

    private static <T, E extends Exception> T committed(DataSource database, Work<T, E> work) throws SQLException, E {
        try (Connection connection = database.getConnection()) {
            boolean committed = false;
            try {
                connection.setAutoCommit(false);
                T result = work.run(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollback(connection);
                }
            }
        }
    }

    private Together opening(Connection connection) throws SQLException {
        Together opening = new Together();
        limit(connection, opening);
        return opening;
    }

    private void limit(Connection connection, Together opening) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, (int) statement.plus(TO_CANCEL).toMillis());
        opening.add(LIMITS, this::bind);
    }

    private int bind(PreparedStatement limits, int first) throws SQLException {
        int next = first;
        limits.setString(next++, lock.toMillis() + "ms");
        limits.setString(next++, statement.toMillis() + "ms");
        limits.setString(next++, statement.toMillis() + "ms");
        for (int planner = 0; planner < 4; planner++) {
            limits.setString(next++, scans);
        }
        return next;
    }

    /** One that cannot even roll back is broken; what broke it is on its way to the caller already. */
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debugf("rolling back failed: %s", e.getMessage());
        }
    }
}
