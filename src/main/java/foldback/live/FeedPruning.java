package foldback.live;

import foldback.database.Patience;
import foldback.ledger.Feed;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Deletes what the feed need not keep any longer: a little at a time, since a transaction that writes holds all readers of the feed back. */
@Singleton
class FeedPruning {
    private static final Logger LOG = Logger.getLogger(FeedPruning.class);
    private static final int ROWS = 5000;

    private final DataSource database;
    private final Clock clock;
    private final Duration keep;

    FeedPruning(DataSource database, Clock clock, LiveConfig config) {
        this.database = database;
        this.clock = clock;
        this.keep = config.keep();
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void prune() {
        try {
            boolean more = true;
            while (more) {
                more = pruneSome();
            }
        } catch (SQLException e) {
            LOG.debugf("the feed is shortened another time: %s", e.getMessage());
        }
    }

    private boolean pruneSome() throws SQLException {
        return Patience.RECORDING.commit(
                database, connection -> Feed.prune(connection, clock.instant().minus(keep), ROWS));
    }
}
