package foldback.export;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one export from outside, each second: where its reader has gone, the query is cancelled, which might otherwise sort for
 * minutes before it writes its first row and notices; where its time is up, the connection of the reader is closed, which ends it too.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Watch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final String CANCEL = "select pg_cancel_backend(?)";

    private final Vertx vertx;
    private final DataSource database;
    private final HttpServerRequest request;
    private final long looking;
    private final long end;
    private @Nullable Integer asked;

    Watch(Vertx vertx, DataSource database, HttpServerRequest request, Duration longest) {
        this.vertx = vertx;
        this.database = database;
        this.request = request;
        this.looking = vertx.setPeriodic(LOOK.toMillis(), now -> look());
        this.end = vertx.setTimer(longest.toMillis(), now -> breakOff(longest));
    }

    /**
     * From here on there is something to cancel.
     *
     * @param backend the process of the database that works for the export
     */
    synchronized void over(int backend) {
        asked = backend;
    }

    boolean readerHasGone() {
        return request.response().closed();
    }

    private void look() {
        if (readerHasGone()) {
            vertx.cancelTimer(looking);
            // No event loop may wait for the database.
            var unused = vertx.executeBlocking(() -> {
                cancel();
                return null;
            });
        }
    }

    private synchronized void cancel() {
        if (asked == null) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
            cancel.setInt(1, asked);
            cancel.execute();
        } catch (SQLException e) {
            LOG.debugf("the query of an export was not cancelled: %s", e.getMessage());
        }
    }

    private void breakOff(Duration longest) {
        LOG.warnf("An export was broken off: it took longer than %s", longest);
        request.connection().close();
    }

    /** From here on nothing is cancelled any more: the connection to the database is somebody else's soon. */
    @Override
    public synchronized void close() {
        asked = null;
        vertx.cancelTimer(looking);
        vertx.cancelTimer(end);
    }
}
