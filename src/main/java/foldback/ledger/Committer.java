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
import org.jboss.logging.Logger;

/**
 * The way into the ledger: callbacks wait in lanes by stream, each lane commits what has gathered as one transaction, and each callback
 * is answered once it is durable. Bounded by number and by weight; where a bound is reached the answer is {@link Outcome.Unavailable},
 * at once.
 */
@Singleton
public final class Committer {
    private static final Logger LOG = Logger.getLogger(Committer.class);
    private static final Outcome FULL =
            new Outcome.Unavailable("more callbacks are waiting than can be recorded in time", Duration.ofSeconds(2));

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Admission admission;

    public Committer(Recording recording, Completeness completeness, Admission admission, CommitterConfig config) {
        this.admission = admission;
        int processors = Runtime.getRuntime().availableProcessors();
        int count = config.lanes().orElse(Math.min(8, Math.max(2, processors)));
        for (int i = 0; i < count; i++) {
            Lane lane = new Lane(recording, completeness.writer(i), config.queue(), config.batch());
            lanes.add(lane);
            threads.add(new Thread(lane, "lane-" + i));
        }
    }

    void start(@Observes StartupEvent event) {
        threads.forEach(Thread::start);
    }

    /** Takes no more, and waits until all that was taken is recorded and answered. */
    void stop(@Observes ShutdownEvent event) {
        lanes.forEach(Lane::stop);
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(6));
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted while the last callbacks were being recorded");
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
    }

    /** Hands a callback over; the stage completes with what became of it, never exceptionally. */
    public CompletionStage<Outcome> submit(Callback callback) {
        int weight = callback.weight();
        if (!admission.enter(weight)) {
            return CompletableFuture.completedStage(FULL);
        }
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        CompletableFuture<Outcome> settled = answer.whenComplete((outcome, failure) -> admission.leave(weight));
        int lane = Math.floorMod(callback.streamIds().get(0).hashCode(), lanes.size());
        if (!lanes.get(lane).offer(new Lane.Waiting(callback, answer))) {
            answer.complete(FULL);
        }
        return settled;
    }
}
