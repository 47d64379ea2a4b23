package foldback.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One transaction at a time: takes the callbacks that have gathered while the last one committed, records them together and answers
 * each. When its queue is full it takes no more and says so at once.
 */
final class Lane implements Runnable {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final int LARGEST_WEIGHT = 16 << 20;
    private static final int MOST_SIGNALS = 4096;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    record Waiting(Callback callback, CompletableFuture<Outcome> answer) {}

    private final Recording recording;
    private final Completeness.Writer writer;
    private final BlockingQueue<Waiting> queue;
    private final int batch;
    private volatile boolean stopping;
    private volatile boolean ended;
    private @Nullable Waiting leftOver;

    Lane(Recording recording, Completeness.Writer writer, int capacity, int batch) {
        this.recording = recording;
        this.writer = writer;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.batch = batch;
    }

    boolean offer(Waiting waiting) {
        if (stopping || !queue.offer(waiting)) {
            return false;
        }
        // Where the lane has ended meanwhile, nobody else will take it.
        return !ended || !queue.remove(waiting);
    }

    /** Takes no more; what it has taken is still recorded and answered before {@link #run} returns. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Waiting first = leftOver != null ? leftOver : queue.poll(50, TimeUnit.MILLISECONDS);
                leftOver = null;
                if (first != null) {
                    survive(gather(first));
                } else if (stopping) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            refuse(drained(), "the service stops");
        }
    }

    /** Not even want of memory may end the lane: what waits behind this batch would never be answered. */
    private void survive(List<Waiting> waiting) {
        try {
            commit(waiting);
        } catch (Error e) {
            refuse(waiting, "the service is out of resources");
            LOG.errorf(e, "recording %d callbacks failed", waiting.size());
        }
    }

    private List<Waiting> gather(Waiting first) {
        List<Waiting> gathered = new ArrayList<>();
        long weight = 0;
        int signals = 0;
        for (Waiting next = first; next != null; next = queue.poll()) {
            weight += next.callback().weight();
            signals += next.callback().readings().size();
            boolean full = weight > LARGEST_WEIGHT || signals > MOST_SIGNALS || gathered.size() == batch;
            if (full && !gathered.isEmpty()) {
                leftOver = next;
                return gathered;
            }
            gathered.add(next);
        }
        return gathered;
    }

    /** Where the database refuses the data, halves the batch until the culprit is alone. */
    private void commit(List<Waiting> waiting) {
        List<Outcome> outcomes;
        try {
            List<Callback> callbacks = waiting.stream().map(Waiting::callback).toList();
            outcomes = record(callbacks);
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.DATA) {
                divide(waiting, e);
            } else {
                LOG.warnf("the database did not record %d callbacks: %s", waiting.size(), e.getMessage());
                refuse(waiting, "the database is not available");
            }
            return;
        } catch (RuntimeException e) {
            // Whatever is wrong with one callback must not fail the others, nor end the lane.
            LOG.errorf(e, "recording %d callbacks failed", waiting.size());
            divide(waiting, e);
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            waiting.get(i).answer().complete(outcomes.get(i));
        }
    }

    /** A connection that breaks may have committed; trying once more finds out, for callbacks recognise themselves. */
    private List<Outcome> record(List<Callback> callbacks) throws SQLException {
        try {
            return recording.record(callbacks, writer, (connection, outcomes) -> {});
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.UNAVAILABLE) {
                throw e;
            }
            return recording.record(callbacks, writer, (connection, outcomes) -> {});
        }
    }

    private void divide(List<Waiting> waiting, Exception cause) {
        if (waiting.size() == 1) {
            LOG.warnf(
                    "callback %s cannot be recorded: %s",
                    waiting.get(0).callback().id(), cause.getMessage());
            waiting.get(0).answer().complete(new Outcome.Unrecordable());
            return;
        }
        int half = waiting.size() / 2;
        commit(waiting.subList(0, half));
        commit(waiting.subList(half, waiting.size()));
    }

    private List<Waiting> drained() {
        List<Waiting> rest = new ArrayList<>();
        if (leftOver != null) {
            rest.add(leftOver);
        }
        queue.drainTo(rest);
        return rest;
    }

    private static void refuse(List<Waiting> waiting, String reason) {
        Outcome unavailable = new Outcome.Unavailable(reason, RETRY_AFTER);
        waiting.forEach(one -> one.answer().complete(unavailable));
    }
}
