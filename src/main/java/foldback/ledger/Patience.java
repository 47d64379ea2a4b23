package foldback.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * How long a transaction that writes may wait for the database, so that none hangs for ever, and none holds others up: for a lock, for a
 * statement, for its own process between two statements, and for any word at all on a connection that may be cut.
 */
public enum Patience {
    /** Somebody waits for the answer. */
    RECORDING(Duration.ofSeconds(3), Duration.ofSeconds(10), "off"),
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

    /** Begins a transaction that is limited so. */
    public void begin(Connection connection) throws SQLException {
        opening(connection).run(connection);
    }

    /** The same, where the limits go to the database with the transaction's first statements: to be added to, and run. */
    Together opening(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setNetworkTimeout(
                Runnable::run, (int) statement.plus(TO_CANCEL).toMillis());
        Together opening = new Together();
        opening.add(LIMITS, this::bind);
        return opening;
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

    /**
     * Ends it, and leaves the connection as it was. One that cannot even roll back is broken; what broke it is on its way to the caller
     * already.
     */
    public static void leave(Connection connection, boolean committed) {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            LOG.debugf("leaving a transaction failed: %s", e.getMessage());
        }
    }
}
