package foldback.ledger;

import foldback.database.Patience;
import foldback.database.SqlFailure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Records callbacks in one transaction each call. Tries without locks first; where another writer was faster with one of the streams,
 * again with the heads locked.
 */
@Singleton
public final class Recording {
    private final Transactions transactions;
    private final FoldVersions versions;
    private final KnownHeads known;
    private final Clock clock;

    /** What else belongs into the transaction, after the callbacks were recorded in it. */
    @FunctionalInterface
    public interface InTransaction {
        void run(Connection connection, List<Outcome> outcomes) throws SQLException;
    }

    /** What was recorded, and the heads that were written with it. */
    private record Recorded(List<Outcome> outcomes, List<StreamHead> heads) {}

    Recording(Transactions transactions, FoldVersions versions, KnownHeads known, Clock clock) {
        this.transactions = transactions;
        this.versions = versions;
        this.known = known;
        this.clock = clock;
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
        return record(Patience.RECORDING, callbacks, writer, also);
    }

    /** The same with more patience, or less. */
    List<Outcome> record(Patience patience, List<Callback> callbacks, Completeness.Writer writer, InTransaction also)
            throws SQLException {
        Recorded recorded = null;
        try {
            recorded = transactions.call(patience, (connection, opening, locking) -> {
                Batch batch = new Batch(
                        connection, versions, known, writer, clock.instant(), ThreadLocalRandom.current()::nextLong);
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
}
