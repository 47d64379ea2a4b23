package foldback.ledger;

import foldback.database.SqlFailure;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database commits, as far as this process knows. From the first transaction that fails because the database is away, or from
 * when a question whether it commits has hung for too long, until such a question is answered, nobody needs to try: callbacks go to the
 * spool at once.
 */
@Singleton
public final class Commits {
    private static final Logger LOG = Logger.getLogger(Commits.class);

    /** Commits something small. */
    @FunctionalInterface
    public interface Question {
        void ask() throws SQLException;
    }

    private final AgroalDataSource database;
    private final long patienceNanos;
    private volatile @Nullable Question preparation;
    private volatile boolean away;
    private volatile boolean asking;
    private volatile long askedAtNanos;

    public Commits(AgroalDataSource database, PatienceConfig config) {
        this.database = database;
        this.patienceNanos = config.after().toNanos();
    }

    public boolean away() {
        return away || (asking && System.nanoTime() - askedAtNanos > patienceNanos);
    }

    /** The database was away when the service began: until this has been done, the database is taken for away. */
    public void awaitFirst(Question what) {
        preparation = what;
        away = true;
    }

    /** A transaction failed. That says something of the database unless it failed for its data, for another transaction, or for its length. */
    public void failed(SQLException cause) {
        if (SqlFailure.of(cause).isOfTheDatabase() && !away) {
            away = true;
            LOG.warnf("The database does not commit: callbacks go to the spool until it does. %s", cause.getMessage());
            // What was connected to a server that is gone is of no use to the one that comes back.
            database.flush(AgroalDataSource.FlushMode.IDLE);
        }
    }

    /** Finds out, by one caller at a time. */
    public void find(Question question) {
        askedAtNanos = System.nanoTime();
        asking = true;
        try {
            Question first = preparation;
            if (first != null) {
                first.ask();
                preparation = null;
            }
            question.ask();
            if (away) {
                away = false;
                LOG.info("The database commits again");
            }
        } catch (SQLException e) {
            failed(e);
        } finally {
            asking = false;
        }
    }
}
