package foldback.ledger;

import foldback.database.Patience;
import foldback.fold.EventIds;
import foldback.fold.FoldPolicy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folds the whole log again, stream by stream under its head, beside live traffic, and writes only what differs. One runs at a time,
 * whatever the number of replicas; its progress is kept, and where its process died another takes it over and goes on.
 */
@Singleton
public final class Rebuild {
    private static final Logger LOG = Logger.getLogger(Rebuild.class);

    /**
     * How far a rebuild is.
     *
     * @param done events folded, of {@code total} that there were at its start
     * @param differing incidents that came out different: those written and those removed
     */
    public record Progress(
            RebuildState state,
            boolean dryRun,
            long done,
            long total,
            long differing,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {
        static final Progress IDLE = new Progress(RebuildState.IDLE, false, 0, 0, 0, null, null);
    }

    private final DataSource database;
    private final Transactions transactions;
    private final FoldVersions versions;
    private final Clock clock;
    private final FoldPolicy configured;
    private final RebuildTable table = new RebuildTable(UUID.randomUUID());
    private final AtomicReference<@Nullable RebuildRun> running = new AtomicReference<>();
    /** Said once, not at every tick. */
    private volatile boolean away;

    public Rebuild(
            DataSource database, Transactions transactions, FoldVersions versions, FoldConfig config, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.versions = versions;
        this.clock = clock;
        this.configured = FoldVersions.configured(config);
    }

    /**
     * Begins a rebuild with the configured policy.
     *
     * @param dryRun only count what differs
     * @param claim at which it is noted that it has begun; null where whoever asks for it sent no key
     * @return false where one runs already
     */
    public boolean begin(boolean dryRun, @Nullable KeyClaim claim) throws SQLException {
        Optional<RebuildTable.Row> row = transactions.call(Patience.AT_LEISURE, connection -> {
            RebuildTable.Row latest = table.latest(connection);
            // The latest is the greatest, whatever the clock of the process that began the one before.
            UUID id = EventIds.after(
                    latest == null ? null : latest.id(),
                    clock.instant(),
                    ThreadLocalRandom.current().nextLong());
            FoldVersions.Version current = versions.current(connection);
            RebuildTable.Row begun = table.begin(connection, id, dryRun, current.number());
            IdempotencyKeys.record(connection, claim, begun == null ? List.of() : List.of(id));
            if (begun == null || dryRun || current.policy().equals(configured)) {
                return Optional.ofNullable(begun);
            }
            int version = versions.add(connection, configured).number();
            return Optional.ofNullable(table.retarget(connection, id, version));
        });
        row.ifPresent(this::run);
        return row.isPresent();
    }

    public Progress progress() throws SQLException {
        try (Connection connection = database.getConnection()) {
            RebuildTable.Row row = table.latest(connection);
            return row == null
                    ? Progress.IDLE
                    : new Progress(
                            row.state(),
                            row.dryRun(),
                            row.done(),
                            row.total(),
                            row.differing(),
                            row.startedAt(),
                            row.finishedAt());
        }
    }

    /** Says that the running one is alive; takes over one whose process is gone. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void takeOver() {
        try {
            touchOrTake();
            away = false;
        } catch (SQLException e) {
            // The next tick tries again; a rebuild that is not touched for long is taken over and goes on.
            if (!away) {
                LOG.warnf("The database is not asked for rebuilds until it answers: %s", e.getMessage());
            }
            away = true;
        }
    }

    private void touchOrTake() throws SQLException {
        RebuildRun mine = running.get();
        try (Connection connection = database.getConnection()) {
            if (mine != null) {
                table.touch(connection, mine.id());
                return;
            }
            RebuildTable.Row orphan = table.take(connection);
            if (orphan != null) {
                LOG.infof(
                        "going on with the rebuild of %s, %d of %d events done",
                        orphan.startedAt(), orphan.done(), orphan.total());
                run(orphan);
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        RebuildRun mine = running.get();
        if (mine != null) {
            mine.stop();
        }
    }

    private void run(RebuildTable.Row row) {
        RebuildRun run = new RebuildRun(database, transactions, versions, table, row, configured, this::ended);
        if (running.compareAndSet(null, run)) {
            Thread thread = new Thread(run, "rebuild");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void ended(RebuildRun run) {
        running.compareAndSet(run, null);
    }
}
