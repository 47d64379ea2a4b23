package foldback.ops;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Whoever takes a connection waits for a word of the database for so long at most: one whose host or network is gone says nothing, not even
 * that it ends. What may take longer, or has to be given up sooner, sets its own limit, and the next one finds this again.
 */
@Singleton
final class SilentConnections implements AgroalPoolInterceptor {
    private static final Logger LOG = Logger.getLogger(SilentConnections.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Override
    public void onConnectionCreate(Connection connection) {
        limit(connection, LONGEST);
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        limit(connection, LONGEST);
    }

    static void limit(Connection connection, Duration longest) {
        try {
            connection.setNetworkTimeout(Runnable::run, (int) longest.toMillis());
        } catch (SQLException e) {
            // It is broken, and whoever uses it finds out.
            LOG.debugf("a connection takes no limit: %s", e.getMessage());
        }
    }
}
