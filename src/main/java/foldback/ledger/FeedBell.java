package foldback.ledger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Wakes the readers of the feed, of all processes, once something has been committed. In a transaction of its own: within the one that
 * records, a notification would take a lock of the whole server from before its commit until behind it. A few times a second at most,
 * however much is committed. A wake-up that is lost costs a moment: the readers look by themselves as well.
 */
@Singleton
public final class FeedBell {
    public static final String CHANNEL = "foldback_feed";

    private static final Logger LOG = Logger.getLogger(FeedBell.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Nothing is lost with a notification, so nobody waits for the disk. */
    private static final String NOTIFY =
            "select set_config('synchronous_commit', 'off', true), pg_notify('%s', '')".formatted(CHANNEL);

    private final DataSource database;
    private final Semaphore rung = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread ringer = new Thread(this::run, "feed-bell");

    public FeedBell(DataSource database) {
        this.database = database;
    }

    void start(@Observes StartupEvent event) {
        ringer.setDaemon(true);
        ringer.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
        ringer.interrupt();
    }

    /** Something may be new in the feed. Returns at once. */
    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    private void run() {
        try {
            do {
                rung.acquire();
                rung.drainPermits();
                wakeReaders();
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeReaders() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(NOTIFY);
        } catch (SQLException | RuntimeException e) {
            LOG.debugf("the readers of the feed are not woken: %s", e.getMessage());
        }
    }
}
