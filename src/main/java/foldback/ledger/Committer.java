package foldback.ledger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * The way into the ledger: callbacks wait in lanes by stream, each lane commits what has gathered as one transaction, and each callback
 * is answered once it is durable. Bounded by number and by weight; where a bound is reached the answer is {@link Outcome.Unavailable},
 * at once. Where the database does not commit in time it is {@link Outcome.Uncommitted}; at once where that is known beforehand.
 */
@Singleton
public final class Committer {
    private static final Logger LOG = Logger.getLogger(Committer.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);
    private static final Outcome UNCOMMITTED = new Outcome.Uncommitted();
    private static final Outcome FULL =
            new Outcome.Unavailable("more callbacks are waiting than can be recorded in time", Duration.ofSeconds(2));

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Thread watch = new Thread(this::giveUpOnTheOverdue, "overdue-callbacks");
    private final Admission admission;
    private final Commits commits;
    private final Duration patience;
    private volatile boolean ended;

    public Committer(
            Recording recording,
            Completeness completeness,
            Admission admission,
            Commits commits,
            CommitterConfig config,
            PatienceConfig waiting) {
        this.admission = admission;
        this.commits = commits;
        this.patience = waiting.after();
        int processors = Runtime.getRuntime().availableProcessors();
        int count = config.lanes().orElse(Math.min(8, Math.max(2, processors)));
        for (int i = 0; i < count; i++) {
            Lane lane = new Lane(recording, completeness.writer(i), commits, config.queue(), config.batch());
            lanes.add(lane);
            threads.add(new Thread(lane, "lane-" + i));
        }
    }

    void start(@Observes StartupEvent event) {
        threads.forEach(Thread::start);
        watch.start();
    }

    /** Takes no more, and waits until all that was taken is recorded, or given up on, and answered. */
    void stop(@Observes ShutdownEvent event) {
        lanes.forEach(Lane::stop);
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(6));
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted while the last callbacks were being recorded");
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            threads.forEach(Thread::interrupt);
        }
    }

    /** Costs a callback nothing on its way, unlike a timer of its own. */
    private void giveUpOnTheOverdue() {
        while (!ended) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            try {
                lanes.forEach(lane -> lane.giveUp(System.nanoTime()));
            } catch (RuntimeException | Error e) {
                // An Error too: memory comes back, and nobody else would answer what hangs.
                LOG.error("giving up on callbacks failed; it is tried again", e);
            }
        }
    }

    /** Hands a callback over; the stage completes with what became of it, within the time that the spool waits, never exceptionally. */
    public CompletionStage<Outcome> submit(Callback callback) {
        return submit(callback, patience);
    }

    /** The same for a callback that nobody waits for, such as one from the spool. */
    public CompletionStage<Outcome> submitPatiently(Callback callback) {
        return submit(callback, LONG_PATIENCE);
    }

    private CompletionStage<Outcome> submit(Callback callback, Duration itsPatience) {
        Lane lane = lanes.get(Math.floorMod(callback.streamIds().get(0).hashCode(), lanes.size()));
        long now = System.nanoTime();
        if (commits.away() || lane.hangs(patience, now)) {
            return CompletableFuture.completedStage(UNCOMMITTED);
        }
        int weight = callback.weight();
        if (!admission.enter(weight)) {
            return CompletableFuture.completedStage(tooMany(lane, now));
        }
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        CompletableFuture<Outcome> settled = answer.whenComplete((outcome, failure) -> admission.leave(weight));
        boolean patient = itsPatience.compareTo(patience) > 0;
        if (!lane.offer(new LaneQueue.Waiting(callback, answer, now + itsPatience.toNanos(), patient))) {
            answer.complete(tooMany(lane, now));
        }
        return settled;
    }

    /** A queue fills because there is too much, or because nothing comes out of it: the spool is for the latter only. */
    private Outcome tooMany(Lane lane, long now) {
        return lane.hangs(patience.dividedBy(2), now) ? UNCOMMITTED : FULL;
    }
}
