package foldback.ledger;

import foldback.database.Patience;
import foldback.fold.Fold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One step of a rebuild: some streams, folded in one transaction. They are compared in a snapshot first, which holds up nobody; only where
 * something is to be written are they locked, folded again behind the lock, written, and counted with the same commit.
 */
final class RebuildStep {
    /** Counts what a step came to, in the transaction; false where the rebuild is not this process's any more. */
    @FunctionalInterface
    interface Count {
        boolean add(Connection connection, long events, long differing) throws SQLException;
    }

    private final DataSource database;
    private final Transactions transactions;
    private final FoldVersions versions;
    private final RebuildTable.Row rebuild;
    private final Fold dryFold;
    /** Whether the last step found something to write; the next one, of its neighbours, then does not look first. */
    private boolean writing;

    RebuildStep(
            DataSource database,
            Transactions transactions,
            FoldVersions versions,
            RebuildTable.Row rebuild,
            Fold dryFold) {
        this.database = database;
        this.transactions = transactions;
        this.versions = versions;
        this.rebuild = rebuild;
        this.dryFold = dryFold;
    }

    /**
     * Folds the streams again.
     *
     * @param streams neighbours, in the order of their ids
     * @return false where the rebuild belongs to another process by now; nothing is written then
     */
    boolean take(List<UUID> streams, Count count) throws SQLException {
        if (writing && !rebuild.dryRun()) {
            return rewrite(streams, count);
        }
        RangeFold.Result result = compare(streams);
        if (!rebuild.dryRun() && !result.changesNothing()) {
            return rewrite(streams, count);
        }
        return transactions.call(
                Patience.AT_LEISURE, connection -> count.add(connection, result.events(), result.differing()));
    }

    private RangeFold.Result compare(List<UUID> streams) throws SQLException {
        return Patience.AT_LEISURE.read(database, connection -> {
            EventScan.readAlongTheKey(connection);
            return fold(connection, null).run(streams, StreamHeads.readBare(connection, streams));
        });
    }

    private boolean rewrite(List<UUID> streams, Count count) throws SQLException {
        return transactions.call(Patience.AT_LEISURE, streams, connection -> {
            EventScan.readAlongTheKey(connection);
            Map<UUID, StreamHead> heads = StreamHeads.lockBare(connection, streams);
            RangeFold.Result result =
                    fold(connection, new RebuildWrites(connection)).run(streams, heads);
            StreamHeads.writeRefolded(connection, result.heads());
            writing = !result.changesNothing();
            boolean ours = count.add(connection, result.events(), result.differing());
            if (!ours) {
                connection.rollback();
            }
            return ours;
        });
    }

    private RangeFold fold(Connection connection, @Nullable RebuildWrites writes) throws SQLException {
        FoldVersions.Version version = versions.of(connection, rebuild.foldVersion());
        Fold fold = rebuild.dryRun() ? dryFold : version.fold();
        return new RangeFold(connection, fold, version.number(), writes);
    }
}
