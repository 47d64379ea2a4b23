package foldback.live;

import foldback.ledger.FeedPosition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Reads the feed for all who listen on this process, whoever recorded what is in it: when it is woken, and by itself twice a second. Rests
 * while nobody listens.
 */
@Singleton
class LiveReader {
    private static final Logger LOG = Logger.getLogger(LiveReader.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final DataSource database;
    private final LivePages pages;
    private final Audience audience;
    private final Thread thread = new Thread(this::run, "live-reader");
    private volatile Duration lag = Duration.ZERO;
    private boolean away;

    LiveReader(DataSource database, LivePages pages, Audience audience) {
        this.database = database;
        this.pages = pages;
        this.audience = audience;
    }

    void start(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("foldback.live.lag", this, reader -> reader.lag.toMillis() / 1000.0)
                .description("For how long what the live feed sent last, or has to hold back, had been recorded")
                .baseUnit("seconds")
                .register(registry);
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void run() {
        try {
            while (audience.awaitFrontier() != null) {
                follow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        try (WakeUps wakeUps = new WakeUps(database)) {
            for (FeedPosition place = audience.frontier(); place != null; place = audience.frontier()) {
                if (!readOn(place)) {
                    wakeUps.await(LOOK_EVERY);
                }
            }
        }
        lag = Duration.ZERO;
    }

    /** Whether there is more to read at once. */
    private boolean readOn(FeedPosition place) {
        try {
            LivePage page = pages.read(place);
            audience.publish(page);
            lag = page.lag();
            away = false;
            return page.more();
        } catch (RuntimeException | Error e) {
            // What is not read now is read later: nobody misses it, and whoever listens stays. After an Error
            // too: memory comes back, and nobody else would read.
            if (!away) {
                LOG.warnf("The live feed is not read until the database answers: %s", e.getMessage());
            }
            away = true;
            return false;
        }
    }
}
