package foldback.embedded;

import foldback.embedded.EmbeddedPostgres.Unavailable;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Starts the server again when it dies: at once, then after pauses that double up to half a minute, without an end. */
final class Guardian implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Guardian.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Server server;
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(
            1,
            task -> {
                Thread thread = new Thread(task, "postgresql-guardian");
                thread.setDaemon(true);
                return thread;
            },
            new DiscardPolicy());
    private Duration pause = LOOK_EVERY;
    private boolean failing;

    Guardian(Server server) {
        this.server = server;
        watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void begin() {
        next(LOOK_EVERY);
    }

    private void next(Duration delay) {
        var unused = watch.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        Duration delay = LONGEST_PAUSE;
        try {
            delay = server.isAlive() ? LOOK_EVERY : restart();
            failing = false;
        } catch (RuntimeException | Error e) {
            // An Error too: memory and threads come back, and nobody else would start the server again.
            logOnce(e);
        } finally {
            next(delay);
        }
    }

    private void logOnce(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.errorf(failure, "Guarding the embedded PostgreSQL failed; next attempt in %s", LONGEST_PAUSE);
        }
    }

    /** How long to wait before the next look. */
    private Duration restart() {
        LOG.error("The embedded PostgreSQL has ended unexpectedly: starting it again");
        try {
            server.launch();
            LOG.info("The embedded PostgreSQL runs again");
            pause = LOOK_EVERY;
            return LOOK_EVERY;
        } catch (Unavailable e) {
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
            LOG.errorf("It cannot be started yet; next attempt in %d ms: %s", pause.toMillis(), e.getMessage());
            return pause;
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Lets a start that is under way come to its end: the server waits for it, and then stops what was started. */
    @Override
    public void close() {
        watch.shutdown();
    }
}
