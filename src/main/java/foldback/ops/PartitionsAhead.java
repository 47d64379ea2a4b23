package foldback.ops;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Makes the monthly partitions of the log before they are needed, so that no callback waits for one. */
@Singleton
final class PartitionsAhead {
    private static final Logger LOG = Logger.getLogger(PartitionsAhead.class);
    private static final int MONTHS_BACK = 13;
    private static final int MONTHS_AHEAD = 2;

    private final DataSource database;

    PartitionsAhead(DataSource database) {
        this.database = database;
    }

    /** Two months ahead, so it need not succeed at once: it gives up rather than make callbacks wait behind a reader of the log. */
    @Scheduled(every = "1h", delayed = "1h")
    void make() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select make_event_partitions(?, ?)")) {
            statement.setInt(1, MONTHS_BACK);
            statement.setInt(2, MONTHS_AHEAD);
            try (ResultSet made = statement.executeQuery()) {
                made.next();
                LOG.debugf("made %d partitions of events", made.getInt(1));
            }
        } catch (SQLException e) {
            LOG.warnf("partitions of events could not be made now, and will be within the hour: %s", e.getMessage());
        }
    }
}
