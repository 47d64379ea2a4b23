package foldback.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Writes callbacks to the spool's file: those that have gathered while the last ones were synced share the next sync. Bounded by number and
 * by weight; what finds no place is told so at once.
 */
final class SpoolWriter implements Runnable {
    private static final Logger LOG = Logger.getLogger(SpoolWriter.class);
    private static final int PLACES = 65_536;
    private static final int LARGEST_GROUP = 1024;
    private static final long LARGEST_WEIGHT = 64L << 20;

    private record Waiting(Spooled callback, CompletableFuture<Boolean> durable) {}

    private final SpoolFile file;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(PLACES);
    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final Thread thread = new Thread(this, "spool-writer");
    private volatile boolean stopping;
    private volatile boolean ended;
    private boolean failing;

    SpoolWriter(SpoolFile file) {
        this.file = file;
    }

    void start() {
        thread.start();
    }

    /** Takes no more; what was taken is written before it returns, or refused where the disk takes too long. */
    void stop() {
        stopping = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            LOG.warn("interrupted while the last callbacks were being spooled");
            Thread.currentThread().interrupt();
        }
    }

    /** The stage completes with whether it is durable. */
    CompletionStage<Boolean> submit(Spooled callback) {
        CompletableFuture<Boolean> durable = new CompletableFuture<>();
        inFlight.incrementAndGet();
        CompletableFuture<Boolean> settled = durable.whenComplete((ignored, failure) -> {
            weight.addAndGet(-callback.size());
            inFlight.decrementAndGet();
        });
        boolean tooMuch = weight.addAndGet(callback.size()) > LARGEST_WEIGHT;
        if (tooMuch || !offer(new Waiting(callback, durable))) {
            durable.complete(false);
        }
        return settled;
    }

    private boolean offer(Waiting waiting) {
        if (stopping || !queue.offer(waiting)) {
            return false;
        }
        // Where the writer has ended meanwhile, nobody else will take it.
        return !ended || !queue.remove(waiting);
    }

    long inFlight() {
        return inFlight.get();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Waiting first = queue.poll(50, TimeUnit.MILLISECONDS);
                if (first != null) {
                    write(group(first));
                } else if (stopping) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            List<Waiting> rest = new ArrayList<>();
            queue.drainTo(rest);
            answer(rest, false);
        }
    }

    private List<Waiting> group(Waiting first) {
        List<Waiting> group = new ArrayList<>();
        group.add(first);
        queue.drainTo(group, LARGEST_GROUP - 1);
        return group;
    }

    /** Not even want of memory may end the writer: what comes after this group would never be answered. */
    private void write(List<Waiting> group) {
        try {
            file.append(group.stream().map(Waiting::callback).toList());
            failing = false;
            answer(group, true);
        } catch (SQLException | RuntimeException | Error e) {
            answer(group, false);
            logOnce(e);
        }
    }

    private static void answer(List<Waiting> group, boolean durable) {
        group.forEach(waiting -> waiting.durable().complete(durable));
    }

    private void logOnce(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.errorf(failure, "The spool cannot be written: callbacks are refused until it can");
        }
    }
}
