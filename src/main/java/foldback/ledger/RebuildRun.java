package foldback.ledger;

import foldback.database.Patience;
import foldback.fold.Fold;
import foldback.fold.FoldPolicy;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One rebuild while this process works on it: every part of the streams, then those that an older policy made meanwhile. */
final class RebuildRun implements Runnable {
    private static final Logger LOG = Logger.getLogger(RebuildRun.class);
    private static final int STREAMS_READ = 5000;
    /** Each keeps about one processor busy, here and in the database together. */
    private static final int WORKERS = 2;

    private final DataSource database;
    private final Transactions transactions;
    private final FoldVersions versions;
    private final RebuildTable table;
    private final RebuildTable.Row rebuild;
    private final Fold dryFold;
    private final Consumer<RebuildRun> ended;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean leaving;

    RebuildRun(
            DataSource database,
            Transactions transactions,
            FoldVersions versions,
            RebuildTable table,
            RebuildTable.Row rebuild,
            FoldPolicy configured,
            Consumer<RebuildRun> ended) {
        this.database = database;
        this.transactions = transactions;
        this.versions = versions;
        this.table = table;
        this.rebuild = rebuild;
        this.dryFold = new Fold(configured);
        this.ended = ended;
    }

    UUID id() {
        return rebuild.id();
    }

    /** Leaves off after the steps at hand, for which it waits a little; the rebuild stays running, for whoever takes it over. */
    void stop() {
        leaving = true;
        stopping.countDown();
        try {
            boolean ignored = stopped.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            boolean complete = everyPart() && stragglers();
            if (complete) {
                end(RebuildState.FINISHED);
            }
        } catch (SQLException | RuntimeException e) {
            failed(e);
        } finally {
            stopped.countDown();
            ended.accept(this);
        }
    }

    private RebuildWorker worker() {
        RebuildStep step = new RebuildStep(database, transactions, versions, rebuild, dryFold);
        return new RebuildWorker(transactions, table, rebuild.id(), step, stopping);
    }

    private boolean everyPart() throws SQLException {
        Queue<RebuildPart> parts = new ConcurrentLinkedQueue<>(rebuild.parts());
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS, work -> {
            Thread thread = new Thread(work, "rebuild-worker");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Boolean>> workers = Stream.generate(() -> threads.submit(working(parts)))
                    .limit(WORKERS)
                    .toList();
            boolean complete = true;
            for (Future<Boolean> worker : workers) {
                complete &= result(worker);
            }
            return complete;
        } finally {
            threads.shutdown();
        }
    }

    private Callable<Boolean> working(Queue<RebuildPart> parts) {
        return () -> {
            boolean complete = false;
            try {
                RebuildWorker worker = worker();
                complete = true;
                for (RebuildPart part = parts.poll(); part != null && complete; part = parts.poll()) {
                    complete = worker.work(part);
                }
                return complete;
            } finally {
                if (!complete) {
                    // The others need not go on either: it is not this process's any more, or has failed.
                    stopping.countDown();
                }
            }
        };
    }

    private static boolean result(Future<Boolean> worker) throws SQLException {
        try {
            return worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Streams that were new while the version changed, or that another replica folded with the version it knew. */
    private boolean stragglers() throws SQLException {
        if (rebuild.dryRun()) {
            return true;
        }
        RebuildWorker worker = worker();
        boolean found = true;
        if (!worker.awaitOlderThan(rebuild.foldVersion())) {
            return false;
        }
        while (found) {
            found = false;
            StreamWalk.Piece piece = pieceBehind(null);
            for (; piece.last() != null; piece = pieceBehind(piece.last())) {
                for (UUID stream : piece.others()) {
                    found = true;
                    if (!worker.work(stream)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private StreamWalk.Piece pieceBehind(@Nullable UUID stream) throws SQLException {
        return transactions.call(
                Patience.AT_LEISURE,
                connection -> StreamWalk.otherVersions(connection, rebuild.foldVersion(), stream, STREAMS_READ));
    }

    private void end(RebuildState state) throws SQLException {
        transactions.run(Patience.AT_LEISURE, connection -> table.end(connection, rebuild.id(), state));
    }

    private void failed(Exception e) {
        if (leaving) {
            LOG.infof("the rebuild of %s was left off: %s", rebuild.startedAt(), e.getMessage());
            return;
        }
        LOG.errorf(e, "the rebuild of %s failed", rebuild.startedAt());
        try {
            end(RebuildState.FAILED);
        } catch (SQLException notRecorded) {
            LOG.warnf(
                    "that the rebuild failed could not be recorded; it will be taken up again: %s",
                    notRecorded.getMessage());
        }
    }
}
