package foldback.callback;

import foldback.ledger.Commits;
import foldback.ledger.Committer;
import foldback.ledger.Outcome;
import foldback.spool.Spool;
import foldback.spool.SpoolReports;
import foldback.spool.Spooled;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes the spool's callbacks the way of all others once the database commits, in the order of their arrival and beside new ones: through the
 * committer, or into quarantine. What is not recorded stays in the spool and is tried again after the others, so that none holds up the rest.
 *
 * <p>While the database is away it asks in short turns whether that is over.
 */
@Singleton
final class SpoolDrain implements Runnable {
    private static final Logger LOG = Logger.getLogger(SpoolDrain.class);
    private static final int BEFORE_THE_COMMITTER = 1000;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int FRUITLESS_AT_ONCE = 8;
    private static final int WINDOW = 4096;
    private static final int LARGEST_BATCH = 1024;
    /** Of bodies; what is read of one may take a hundred times as much memory. */
    private static final long LARGEST_WEIGHT = 1L << 20;

    private final Spool spool;
    private final SpoolReports reports;
    private final Commits commits;
    private final Committer committer;
    private final Quarantine quarantine;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this, "spool-drain");
    private Duration pause = SHORTEST_PAUSE;
    private int batch = LARGEST_BATCH;
    private long behind;
    private boolean left;
    private int fruitless;

    private record Submitted(SpooledReading of, CompletionStage<Outcome> outcome) {}

    SpoolDrain(Spool spool, SpoolReports reports, Commits commits, Committer committer, Quarantine quarantine) {
        this.spool = spool;
        this.reports = reports;
        this.commits = commits;
        this.committer = committer;
        this.quarantine = quarantine;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes @Priority(BEFORE_THE_COMMITTER) ShutdownEvent event) {
        stopping.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            boolean idle = true;
            while (!stopping.await(idle ? pause().toMillis() : 0, TimeUnit.MILLISECONDS)) {
                idle = !work();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        return commits.away() ? SHORTEST_PAUSE : pause;
    }

    /** Whether there is more to do at once. */
    private boolean work() {
        try {
            if (commits.away() || reports.due()) {
                commits.find(reports::send);
            }
            return !commits.away() && spool.entries() > 0 && drain();
        } catch (SQLException | RuntimeException | Error e) {
            // An Error too: memory comes back, and nobody else would fold what lies here.
            LOG.error("The spool could not be worked on; it is tried again", e);
            return false;
        }
    }

    /** Whatever becomes of a batch, those behind it have their turn first; from the end it goes back to what was left. */
    private boolean drain() throws SQLException {
        List<Spooled> entries = spool.take(behind, WINDOW, LARGEST_WEIGHT);
        if (entries.isEmpty()) {
            behind = 0;
            pause = left ? longer(pause) : SHORTEST_PAUSE;
            left = false;
            return false;
        }
        behind = entries.get(entries.size() - 1).number();
        fold(SpooledReading.byStream(entries));
        if (spool.entries() == 0) {
            // The next outage is not to wait for what this one had to.
            pause = SHORTEST_PAUSE;
            left = false;
        }
        return worthwhile();
    }

    /** In parts, for new callbacks wait behind what the lanes have. */
    private void fold(List<SpooledReading> readings) throws SQLException {
        int next = 0;
        do {
            List<SpooledReading> part = readings.subList(next, Math.min(readings.size(), next + batch));
            next += part.size();
            List<Spooled> done = record(part);
            spool.settle(done, part.size());
            boolean all = done.size() == part.size();
            left |= !all;
            batch = all ? Math.min(LARGEST_BATCH, batch * 2) : Math.max(1, part.size() / 2);
            fruitless = done.isEmpty() ? fruitless + 1 : 0;
        } while (next < readings.size() && worthwhile() && !commits.away() && stopping.getCount() > 0);
        spool.settle(List.of(), readings.size() - next);
        left |= next < readings.size();
    }

    private boolean worthwhile() {
        return fruitless == 0 || fruitless % FRUITLESS_AT_ONCE != 0;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Those that the database has committed. Each that goes into quarantine is a transaction; the lanes work meanwhile. */
    private List<Spooled> record(List<SpooledReading> readings) {
        List<Submitted> recordings = readings.stream()
                .filter(reading -> reading.callback() != null)
                .map(reading -> new Submitted(reading, committer.submitPatiently(reading.callback())))
                .toList();
        List<Spooled> done = new ArrayList<>();
        for (SpooledReading reading : readings) {
            if (reading.reading() instanceof CallbackReading.NotRead notRead && keep(reading, notRead)) {
                done.add(reading.entry());
            }
        }
        for (Submitted recording : recordings) {
            Outcome outcome = recording.outcome().toCompletableFuture().join();
            boolean recorded = outcome instanceof Outcome.Recorded || outcome instanceof Outcome.Duplicate;
            if (recorded || (outcome instanceof Outcome.Unrecordable && keep(recording.of(), Receiver.UNRECORDABLE))) {
                done.add(recording.of().entry());
            }
        }
        return done;
    }

    private boolean keep(SpooledReading reading, CallbackReading.NotRead notRead) {
        if (commits.away()) {
            return false;
        }
        try {
            quarantine.keep(reading.received(), notRead);
            return true;
        } catch (SQLException e) {
            LOG.warnf(
                    "callback %s could not be put into quarantine: %s",
                    reading.entry().id(), e.getMessage());
            commits.failed(e);
            return false;
        }
    }
}
