package foldback.ledger;

import foldback.database.Patience;
import foldback.database.SqlFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Works on parts of a rebuild, one after the other, in steps that take a fraction of a second each. */
final class RebuildWorker {
    private static final Logger LOG = Logger.getLogger(RebuildWorker.class);
    /** The heads of a step's streams are locked together where it writes, and kept in memory. */
    private static final int STREAMS_A_STEP = 1000;
    /** A stream that has more is a step of its own. */
    private static final int EVENTS_A_STEP = 5000;

    private static final int ATTEMPTS = 30;

    /** What may fail for a while. */
    @FunctionalInterface
    private interface Attempt {
        boolean make() throws SQLException;
    }

    private final Transactions transactions;
    private final RebuildTable table;
    private final UUID rebuild;
    private final RebuildStep step;
    private final CountDownLatch stopping;

    RebuildWorker(
            Transactions transactions, RebuildTable table, UUID rebuild, RebuildStep step, CountDownLatch stopping) {
        this.transactions = transactions;
        this.table = table;
        this.rebuild = rebuild;
        this.step = step;
        this.stopping = stopping;
    }

    /** Folds all streams of the part that are not done; false where it was stopped or the rebuild belongs to another process by now. */
    boolean work(RebuildPart begun) throws SQLException {
        RebuildPart part = begun;
        List<RebuildPart.Stream> streams = next(part);
        while (!streams.isEmpty()) {
            for (List<UUID> some : steps(streams)) {
                RebuildPart now = part.after(some.get(some.size() - 1));
                if (!patiently(
                        some,
                        (connection, events, differing) ->
                                table.advance(connection, rebuild, now, events, differing))) {
                    return false;
                }
                part = now;
            }
            streams = next(part);
        }
        return true;
    }

    private List<RebuildPart.Stream> next(RebuildPart part) throws SQLException {
        return transactions.call(Patience.AT_LEISURE, connection -> part.next(connection));
    }

    private static List<List<UUID>> steps(List<RebuildPart.Stream> streams) {
        List<List<UUID>> steps = new ArrayList<>();
        List<UUID> some = new ArrayList<>();
        long events = 0;
        for (RebuildPart.Stream stream : streams) {
            boolean full = some.size() == STREAMS_A_STEP || events + stream.events() > EVENTS_A_STEP;
            if (full && !some.isEmpty()) {
                steps.add(some);
                some = new ArrayList<>();
                events = 0;
            }
            some.add(stream.id());
            events += stream.events();
        }
        steps.add(some);
        return steps;
    }

    /** Waits for whoever may still commit new streams that an older version made; false where it was stopped meanwhile. */
    boolean awaitOlderThan(int version) throws SQLException {
        return patiently(() -> {
            transactions.run(Patience.AT_LEISURE, connection -> FoldVersions.awaitHolders(connection, version));
            return true;
        });
    }

    /** Folds a stream out of turn. */
    boolean work(UUID straggler) throws SQLException {
        return patiently(
                List.of(straggler),
                (connection, events, differing) -> table.add(connection, rebuild, events, differing));
    }

    private boolean patiently(List<UUID> streams, RebuildStep.Count count) throws SQLException {
        return patiently(() -> step.take(streams, count));
    }

    private boolean patiently(Attempt attempted) throws SQLException {
        for (int attempt = 1; stopping.getCount() > 0; attempt++) {
            try {
                return attempted.make();
            } catch (SQLException e) {
                if (SqlFailure.of(e) == SqlFailure.DATA || attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.warnf("the rebuild waits for the database: %s", e.getMessage());
                pause();
            }
        }
        return false;
    }

    private void pause() {
        try {
            boolean ignored = stopping.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}
