package foldback.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The callbacks that wait for a lane, in the order of arrival. Bounded; whom it has no place for is told so at once. */
final class LaneQueue {
    private static final int LARGEST_WEIGHT = 16 << 20;
    /** Of a batch; a callback with more is a batch of its own. */
    static final int MOST_SIGNALS = 4096;
    /**
     * A transaction costs the database as much as some tens of callbacks, whatever it holds. So a lane with little to do waits for more,
     * this long at most: it answers a little later than it could, and leaves processors to those who would have waited for them.
     */
    private static final Duration GATHERING = Duration.ofMillis(1);

    private static final int ENOUGH = 16;

    /**
     * One callback.
     *
     * @param until when whoever waits for the answer has waited long enough, of {@link System#nanoTime}
     * @param patient whether that is longer than for others
     */
    record Waiting(Callback callback, CompletableFuture<Outcome> answer, long until, boolean patient) {

        /** Answers it without a transaction, where it has waited long enough. True where it was so. */
        boolean gaveUp(long now) {
            if (now - until <= 0) {
                return false;
            }
            answer.complete(new Outcome.Uncommitted());
            return true;
        }
    }

    private final BlockingQueue<Waiting> queue;
    private final int placesForPatient;
    private final int batch;
    private volatile @Nullable Waiting leftOver;

    LaneQueue(int capacity, int batch) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.placesForPatient = Math.max(1, capacity / 2);
        this.batch = batch;
    }

    /** False where there is no place for it. Those that can wait get no more than half, so that they keep none away that cannot. */
    boolean offer(Waiting waiting) {
        return (!waiting.patient() || queue.size() < placesForPatient) && queue.offer(waiting);
    }

    boolean remove(Waiting waiting) {
        return queue.remove(waiting);
    }

    /** Waits a little for the first, and takes what has gathered behind it, as much as a transaction should hold. */
    List<Waiting> take() throws InterruptedException {
        // Made before anything is taken into it, so that want of memory loses nothing.
        List<Waiting> gathered = new ArrayList<>(batch);
        Waiting first = leftOver != null ? leftOver : queue.poll(50, TimeUnit.MILLISECONDS);
        leftOver = null;
        return gather(first, gathered);
    }

    private List<Waiting> gather(@Nullable Waiting first, List<Waiting> gathered) throws InterruptedException {
        long weight = 0;
        int signals = 0;
        long until = System.nanoTime() + GATHERING.toNanos();
        for (Waiting next = first; next != null; next = next(gathered.size(), until)) {
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

    private @Nullable Waiting next(int gathered, long until) throws InterruptedException {
        Waiting next = queue.poll();
        return next != null || gathered >= ENOUGH ? next : queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Answers those that have waited long enough; they take part in no transaction any more. */
    void giveUp(long now) {
        Waiting next = leftOver;
        if (next != null) {
            next.gaveUp(now);
        }
        for (Waiting waiting : queue) {
            if (waiting.gaveUp(now)) {
                queue.remove(waiting);
            } else if (!waiting.patient()) {
                return;
            }
        }
    }

    /** Takes all that is left. */
    List<Waiting> drain() {
        List<Waiting> rest = new ArrayList<>();
        Waiting next = leftOver;
        if (next != null) {
            rest.add(next);
        }
        queue.drainTo(rest);
        return rest;
    }
}
