package foldback.ledger;

import foldback.fold.Fold;
import foldback.fold.FoldPolicy;
import foldback.fold.StreamState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One rebuild while this process works on it: every stream in the order of ids, then those that an older policy made meanwhile. */
final class RebuildRun implements Runnable {
    private static final Logger LOG = Logger.getLogger(RebuildRun.class);
    private static final int STREAMS_READ = 500;
    private static final int ATTEMPTS = 30;

    private final Recording recording;
    private final FoldVersions versions;
    private final RebuildTable table;
    private final RebuildTable.Row rebuild;
    private final Fold dryFold;
    private final Consumer<RebuildRun> ended;
    private final CountDownLatch stopping = new CountDownLatch(1);

    RebuildRun(
            Recording recording,
            FoldVersions versions,
            RebuildTable table,
            RebuildTable.Row rebuild,
            FoldPolicy configured,
            Consumer<RebuildRun> ended) {
        this.recording = recording;
        this.versions = versions;
        this.table = table;
        this.rebuild = rebuild;
        this.dryFold = new Fold(configured);
        this.ended = ended;
    }

    UUID id() {
        return rebuild.id();
    }

    /** Leaves off after the stream at hand; the rebuild stays running, for whoever takes it over. */
    void stop() {
        stopping.countDown();
    }

    @Override
    public void run() {
        try {
            boolean complete = everyStream() && stragglers();
            if (complete) {
                end("finished");
            }
        } catch (SQLException | RuntimeException e) {
            LOG.errorf(e, "the rebuild of %s failed", rebuild.startedAt());
            fail();
        } finally {
            ended.accept(this);
        }
    }

    private boolean stopping() {
        return stopping.getCount() == 0;
    }

    private boolean everyStream() throws SQLException {
        @Nullable UUID done = rebuild.resumeAfter();
        List<UUID> streams;
        do {
            @Nullable UUID after = done;
            streams = recording.inTransaction(
                    (connection, locking) -> StreamHeads.behind(connection, after, STREAMS_READ));
            for (UUID stream : streams) {
                if (stopping() || !refold(stream, true)) {
                    return false;
                }
                done = stream;
            }
        } while (!streams.isEmpty());
        return true;
    }

    /** Streams that were new while the version changed, or that another replica folded with the version it knew. */
    private boolean stragglers() throws SQLException {
        List<UUID> streams;
        do {
            streams = rebuild.dryRun()
                    ? List.of()
                    : recording.inTransaction((connection, locking) ->
                            StreamHeads.ofOtherVersion(connection, rebuild.foldVersion(), STREAMS_READ));
            for (UUID stream : streams) {
                if (stopping() || !refold(stream, false)) {
                    return false;
                }
            }
        } while (!streams.isEmpty());
        return true;
    }

    /** False where the rebuild belongs to another process by now. */
    private boolean refold(UUID stream, boolean inOrder) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return recording.inTransaction((connection, locking) -> {
                    Replay.Result result = rebuild.dryRun() ? compare(connection, stream) : rewrite(connection, stream);
                    long differing = (long) result.difference().removed().size()
                            + result.difference().written().size();
                    return table.advance(connection, rebuild.id(), result.events(), differing, inOrder ? stream : null);
                });
            } catch (SQLException e) {
                if (SqlFailure.of(e) == SqlFailure.DATA || attempt == ATTEMPTS || stopping()) {
                    throw e;
                }
                LOG.warnf("the rebuild waits for the database: %s", e.getMessage());
                pause();
            }
        }
    }

    private Replay.Result compare(Connection connection, UUID stream) throws SQLException {
        StreamHead head = StreamHeads.lock(connection, List.of(stream)).get(stream);
        StreamHead.Counts counts = head == null ? StreamHead.Counts.NONE : head.counts();
        return WholeFold.of(connection, stream, dryFold, Set.of(), counts);
    }

    private Replay.Result rewrite(Connection connection, UUID stream) throws SQLException, StreamHeads.HeadMoved {
        StreamHead head = StreamHeads.lock(connection, List.of(stream)).get(stream);
        if (head == null) {
            throw new IllegalStateException("stream " + stream + " has no head");
        }
        FoldVersions.Version version = versions.of(connection, rebuild.foldVersion());
        Replay.Result result = WholeFold.of(connection, stream, version.fold(), Set.of(), head.counts());
        IncidentTable.write(connection, stream, result.difference());
        StreamState state = result.state() == null ? head.state() : result.state();
        StreamHeads.write(connection, List.of(head.refolded(version.number(), state, result)));
        return result;
    }

    private void end(String state) throws SQLException {
        recording.inTransaction((connection, locking) -> {
            table.end(connection, rebuild.id(), state);
            return state;
        });
    }

    private void fail() {
        try {
            end("failed");
        } catch (SQLException e) {
            LOG.warnf("that the rebuild failed could not be recorded; it will be taken up again: %s", e.getMessage());
        }
    }

    private void pause() {
        try {
            boolean ignored = stopping.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }
}
