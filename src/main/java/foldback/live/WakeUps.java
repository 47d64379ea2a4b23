package foldback.live;

import foldback.ledger.FeedBell;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for notifications on a connection of its own, which is made again when it is dead. Behind a pooler that gives each transaction another
 * server process it hears nothing, and then every wait takes its whole time.
 */
final class WakeUps implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WakeUps.class);
    private static final int ANSWERS_WITHIN_SECONDS = 2;

    private final DataSource database;
    private @Nullable Connection connection;

    WakeUps(DataSource database) {
        this.database = database;
    }

    /** Waits until something may be new, for so long at most. */
    void await(Duration atMost) throws InterruptedException {
        try {
            Connection listening = connection();
            PGNotification[] heard = listening.unwrap(PGConnection.class).getNotifications((int) atMost.toMillis());
            if ((heard == null || heard.length == 0) && !listening.isValid(ANSWERS_WITHIN_SECONDS)) {
                throw new SQLException("the connection that listens does not answer");
            }
        } catch (SQLException e) {
            LOG.debugf("the live feed is not woken, and looks by itself: %s", e.getMessage());
            close();
            TimeUnit.MILLISECONDS.sleep(atMost.toMillis());
        }
    }

    private Connection connection() throws SQLException {
        Connection known = connection;
        if (known != null) {
            return known;
        }
        Connection fresh = database.getConnection();
        connection = fresh;
        execute(fresh, "listen " + FeedBell.CHANNEL);
        return fresh;
    }

    /** The next one to have the connection does not want to hear of it. */
    @Override
    public void close() {
        Connection known = connection;
        connection = null;
        if (known == null) {
            return;
        }
        try (known) {
            execute(known, "unlisten *");
        } catch (SQLException e) {
            LOG.debugf("the connection that listened is gone: %s", e.getMessage());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
