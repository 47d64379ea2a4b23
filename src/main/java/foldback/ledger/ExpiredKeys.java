package foldback.ledger;

import foldback.database.Patience;
import foldback.database.Statements;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Deletes idempotency keys that have expired, in short transactions, so many in a run that their table cannot grow for long. */
@Singleton
final class ExpiredKeys {
    private static final Logger LOG = Logger.getLogger(ExpiredKeys.class);
    private static final int ROWS_A_STEP = 500;
    private static final int STEPS_A_RUN = 40;

    private static final String PRUNE = """
            delete from idempotency_keys where id in (
                select id from idempotency_keys where expires_at <= now() order by expires_at limit ? for update skip locked)
            """;

    private final Transactions transactions;

    ExpiredKeys(Transactions transactions) {
        this.transactions = transactions;
    }

    @Scheduled(every = "5m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void prune() {
        try {
            int step = 0;
            while (step++ < STEPS_A_RUN && pruneStep() == ROWS_A_STEP) {
                LOG.debugf("deleted %d expired idempotency keys", step * ROWS_A_STEP);
            }
        } catch (SQLException e) {
            LOG.warnf(
                    "expired idempotency keys could not be deleted now, and will be in five minutes: %s",
                    e.getMessage());
        }
    }

    private int pruneStep() throws SQLException {
        return transactions.call(Patience.AT_LEISURE, connection -> Statements.update(connection, PRUNE, ROWS_A_STEP));
    }
}
