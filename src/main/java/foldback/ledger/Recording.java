package foldback.ledger;

import foldback.ledger.StreamHeads.HeadMoved;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Records callbacks in one transaction each call. Tries without locks first; where another writer was faster with one of the streams,
 * again with the heads locked.
 */
@Singleton
public final class Recording {
    private static final int ATTEMPTS = 5;

    private final DataSource database;
    private final FoldVersions versions;
    private final KnownHeads known;
    private final Clock clock;
    private final FeedBell bell;

    /** What else belongs into the transaction, after the callbacks were recorded in it. */
    @FunctionalInterface
    public interface InTransaction {
        void run(Connection connection, List<Outcome> outcomes) throws SQLException;
    }

    @FunctionalInterface
    interface Transaction<T> {
        T run(Connection connection, boolean locking) throws SQLException, HeadMoved;
    }

    /** The same, with what the transaction has to begin with, to be run first. */
    @FunctionalInterface
    private interface Opened<T> {
        T run(Connection connection, Together opening, boolean locking) throws SQLException, HeadMoved;
    }

    /** What was recorded, and the heads that were written with it. */
    private record Recorded(List<Outcome> outcomes, List<StreamHead> heads) {}

    Recording(DataSource database, FoldVersions versions, KnownHeads known, Clock clock, FeedBell bell) {
        this.database = database;
        this.versions = versions;
        this.known = known;
        this.clock = clock;
        this.bell = bell;
    }

    /**
     * Records all of the callbacks, or none.
     *
     * @param writer whose counts they are added to
     * @throws SQLException where the database refused the data or is away; nothing is recorded then, unless the connection broke
     *     while committing. The same callbacks can be recorded again either way: they recognise themselves.
     */
    public List<Outcome> record(List<Callback> callbacks, Completeness.Writer writer, InTransaction also)
            throws SQLException {
        Recorded recorded = null;
        try {
            recorded = inTransaction(Patience.RECORDING, (connection, opening, locking) -> {
                Batch batch =
                        new Batch(connection, versions, known, writer, now(), ThreadLocalRandom.current()::nextLong);
                List<Outcome> outcomes = batch.record(callbacks, opening, locking);
                also.run(connection, outcomes);
                return new Recorded(outcomes, batch.written());
            });
            known.keep(recorded.heads());
            return recorded.outcomes();
        } finally {
            if (recorded == null) {
                callbacks.forEach(callback -> known.forget(callback.streamIds()));
            }
        }
    }

    /** Whether the database is well and refused the data, so that trying again would not help. */
    public static boolean isRefusal(SQLException e) {
        return SqlFailure.of(e) == SqlFailure.DATA;
    }

    /** The clock, as precise as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Runs and commits. What fails without locks is tried again with them: it may have read a stream while another writer changed it, and
     * only behind the lock does a failure say anything about the data.
     */
    <T> T inTransaction(Transaction<T> work) throws SQLException {
        return inTransaction(Patience.AT_LEISURE, (connection, opening, locking) -> {
            opening.run(connection);
            return work.run(connection, locking);
        });
    }

    /** The same for what writes the heads of these streams. */
    <T> T inTransaction(Collection<UUID> streams, Transaction<T> work) throws SQLException {
        try {
            return inTransaction(work);
        } finally {
            known.forget(streams);
        }
    }

    private <T> T inTransaction(Patience patience, Opened<T> work) throws SQLException {
        try {
            return once(patience, work, false);
        } catch (HeadMoved e) {
            known.forgetForAWhile();
            return locked(patience, work);
        } catch (RuntimeException e) {
            return locked(patience, work);
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.of(e);
            if (failure == SqlFailure.UNAVAILABLE || failure == SqlFailure.LOCKED_OUT) {
                throw e;
            }
            return locked(patience, work);
        }
    }

    private <T> T locked(Patience patience, Opened<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(patience, work, true);
            } catch (HeadMoved e) {
                throw new IllegalStateException("a head moved behind its lock", e);
            } catch (SQLException e) {
                if (SqlFailure.of(e) != SqlFailure.COLLISION || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private <T> T once(Patience patience, Opened<T> work, boolean locking) throws SQLException, HeadMoved {
        try (Connection connection = database.getConnection()) {
            boolean committed = false;
            try {
                T result = work.run(connection, patience.opening(connection), locking);
                connection.commit();
                committed = true;
                bell.ring();
                return result;
            } finally {
                Patience.leave(connection, committed);
            }
        }
    }
}
