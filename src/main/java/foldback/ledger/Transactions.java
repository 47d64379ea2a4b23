package foldback.ledger;

import foldback.database.Patience;
import foldback.database.SqlFailure;
import foldback.database.Together;
import foldback.ledger.StreamHeads.HeadMoved;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Runs what writes into the ledger. What fails is tried again, behind locks: it may have read a stream while another writer changed it,
 * and only behind the lock does a failure say anything about the data.
 */
@Singleton
final class Transactions {
    private static final int ATTEMPTS = 5;

    private final DataSource database;
    private final KnownHeads known;
    private final FeedBell bell;

    /** What is done in a transaction, and perhaps in a second one when the first has failed. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException, HeadMoved;
    }

    /** The same without a result. */
    @FunctionalInterface
    interface Task {
        void run(Connection connection) throws SQLException, HeadMoved;
    }

    /** The same with what the transaction has to begin with, to be run first, and whether heads are to be locked. */
    @FunctionalInterface
    interface Opened<T> {
        T run(Connection connection, Together opening, boolean locking) throws SQLException, HeadMoved;
    }

    Transactions(DataSource database, KnownHeads known, FeedBell bell) {
        this.database = database;
        this.known = known;
        this.bell = bell;
    }

    void run(Patience patience, Task task) throws SQLException {
        call(patience, connection -> {
            task.run(connection);
            return true;
        });
    }

    <T> T call(Patience patience, Work<T> work) throws SQLException {
        return call(patience, (connection, opening, locking) -> {
            opening.run(connection);
            return work.run(connection);
        });
    }

    /** The same for what locks the heads of these streams and writes them. */
    <T> T call(Patience patience, Collection<UUID> streams, Work<T> work) throws SQLException {
        try {
            return call(patience, work);
        } finally {
            known.forget(streams);
        }
    }

    <T> T call(Patience patience, Opened<T> work) throws SQLException {
        try {
            return once(patience, work, false);
        } catch (HeadMoved e) {
            known.forgetForAWhile();
            return locked(patience, work, e);
        } catch (RuntimeException e) {
            return locked(patience, work, e);
        } catch (SQLException e) {
            return switch (SqlFailure.of(e)) {
                case COLLISION, DATA -> locked(patience, work, e);
                case LOCKED_OUT, TOO_SLOW, AWAY, UNFIT -> throw e;
            };
        }
    }

    private <T> T locked(Patience patience, Opened<T> work, Exception first) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(patience, work, true);
            } catch (HeadMoved e) {
                throw new IllegalStateException("a head moved behind its lock", e);
            } catch (RuntimeException e) {
                if (e != first) {
                    e.addSuppressed(first);
                }
                throw e;
            } catch (SQLException e) {
                if (SqlFailure.of(e) != SqlFailure.COLLISION || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private <T> T once(Patience patience, Opened<T> work, boolean locking) throws SQLException, HeadMoved {
        T result = patience.<T, HeadMoved>commit(
                database, (connection, opening) -> work.run(connection, opening, locking));
        bell.ring();
        return result;
    }
}
