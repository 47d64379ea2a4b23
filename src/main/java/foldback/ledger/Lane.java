package foldback.ledger;

import foldback.database.Patience;
import foldback.database.SqlFailure;
import foldback.ledger.LaneQueue.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * One transaction at a time: takes the callbacks that have gathered while the last one committed, records them together and answers
 * each. When its queue is full it takes no more and says so at once. A callback that has waited for too long is answered without its
 * transaction, which may commit all the same.
 */
final class Lane implements Runnable {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Recording.InTransaction NOTHING_ELSE = (connection, outcomes) -> {};
    private static final Outcome UNCOMMITTED = new Outcome.Uncommitted();

    private final Recording recording;
    private final Completeness.Writer writer;
    private final Commits commits;
    private final LaneQueue queue;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile List<Waiting> atHand = List.of();
    private volatile long runningSince;
    private volatile boolean running;

    Lane(Recording recording, Completeness.Writer writer, Commits commits, int capacity, int batch) {
        this.recording = recording;
        this.writer = writer;
        this.commits = commits;
        this.queue = new LaneQueue(capacity, batch);
    }

    boolean offer(Waiting waiting) {
        if (stopping || !queue.offer(waiting)) {
            return false;
        }
        // Where the lane has ended meanwhile, nobody else will take it.
        return !ended || !queue.remove(waiting);
    }

    /** Whether the transaction at hand has been running for longer than that. */
    boolean hangs(Duration forLonger, long now) {
        return running && now - runningSince > forLonger.toNanos();
    }

    /** Answers those that have waited long enough, also where the transaction at hand is about them. */
    void giveUp(long now) {
        queue.giveUp(now);
        atHand.forEach(waiting -> waiting.gaveUp(now));
    }

    /** Takes no more; what it has taken is still recorded and answered before {@link #run} returns. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            boolean more = true;
            while (more) {
                more = turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            refuse(queue.drain(), "the service stops");
        }
    }

    /** False where nothing is left and no more is taken. Not even want of memory may end the lane: what waits would never be answered. */
    private boolean turn() throws InterruptedException {
        try {
            List<Waiting> waiting = queue.take();
            if (waiting.isEmpty()) {
                return !stopping;
            }
            survive(waiting);
        } catch (Error e) {
            LOG.error("a lane could not go on; it tries again", e);
        }
        return true;
    }

    private void survive(List<Waiting> waiting) {
        try {
            atHand = waiting;
            commit(waiting);
        } catch (Error e) {
            refuse(waiting, "the service is out of resources");
            LOG.errorf(e, "recording %d callbacks failed", waiting.size());
        } finally {
            atHand = List.of();
        }
    }

    /** Where the database refuses the data, halves the batch until the culprit is alone. */
    private void commit(List<Waiting> all) {
        List<Waiting> waiting =
                all.stream().filter(one -> !one.answer().isDone()).toList();
        if (waiting.isEmpty()) {
            return;
        }
        if (commits.away()) {
            answer(waiting, UNCOMMITTED);
            return;
        }
        List<Outcome> outcomes;
        try {
            outcomes = record(waiting);
        } catch (SQLException e) {
            failed(waiting, e);
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

    /**
     * A connection that breaks may have committed; trying once more finds out, for callbacks recognise themselves. One callback may have ten
     * thousand alerts: where nobody waits for its answer, and it is alone, it gets its time.
     */
    private List<Outcome> record(List<Waiting> waiting) throws SQLException {
        List<Callback> callbacks = waiting.stream().map(Waiting::callback).toList();
        boolean canWait = waiting.size() == 1 && waiting.get(0).patient();
        boolean large = canWait && callbacks.get(0).readings().size() > LaneQueue.MOST_SIGNALS;
        runningSince = System.nanoTime();
        running = true;
        try {
            return recording.record(patience(large), callbacks, writer, NOTHING_ELSE);
        } catch (SQLException e) {
            boolean tooSlow = SqlFailure.of(e) == SqlFailure.TOO_SLOW && canWait;
            if (!SqlFailure.of(e).isOfTheDatabase() && !tooSlow) {
                throw e;
            }
            return recording.record(patience(large || tooSlow), callbacks, writer, NOTHING_ELSE);
        } finally {
            // Before anybody is answered: who then sends the next callback must not find the lane hanging.
            running = false;
        }
    }

    private static Patience patience(boolean unhurried) {
        return unhurried ? Patience.UNHURRIED : Patience.RECORDING;
    }

    private void failed(List<Waiting> waiting, SQLException e) {
        if (SqlFailure.of(e) == SqlFailure.DATA) {
            divide(waiting, e);
            return;
        }
        LOG.warnf("the database did not record %d callbacks: %s", waiting.size(), e.getMessage());
        commits.failed(e);
        answer(waiting, UNCOMMITTED);
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

    private static void refuse(List<Waiting> waiting, String reason) {
        answer(waiting, new Outcome.Unavailable(reason, RETRY_AFTER));
    }

    private static void answer(List<Waiting> waiting, Outcome outcome) {
        waiting.forEach(one -> one.answer().complete(outcome));
    }
}
