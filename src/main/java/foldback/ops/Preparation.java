package foldback.ops;

import foldback.database.SqlFailure;
import foldback.ledger.Commits;
import foldback.ledger.FoldVersionAtStart;
import foldback.spool.Spool;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the database before anything is recorded: migrates it, and checks that it may be used. Where it is away the service begins all the
 * same and takes callbacks into the spool, and this is made up for when it is there: a service that was restarted while its database was down
 * would otherwise lose what it could have kept. At the very first start it does not begin, so that a wrong address is noticed.
 */
@Singleton
final class Preparation {
    private static final Logger LOG = Logger.getLogger(Preparation.class);
    private static final int BEFORE_RECORDING = -10;

    private final Flyway flyway;
    private final DurabilityCheck durability;
    private final FoldVersionAtStart foldVersion;
    private final PartitionsAhead partitions;
    private final Spool spool;
    private final Commits commits;

    Preparation(
            Flyway flyway,
            DurabilityCheck durability,
            FoldVersionAtStart foldVersion,
            PartitionsAhead partitions,
            Spool spool,
            Commits commits) {
        this.flyway = flyway;
        this.durability = durability;
        this.foldVersion = foldVersion;
        this.partitions = partitions;
        this.spool = spool;
        this.commits = commits;
    }

    void start(@Observes @Priority(BEFORE_RECORDING) StartupEvent event) throws SQLException {
        try {
            prepare();
        } catch (SQLException e) {
            if (!SqlFailure.of(e).passes() || !spool.databaseSeen()) {
                throw e;
            }
            LOG.warnf("The database is away: callbacks go to the spool until it is there. %s", e.getMessage());
            commits.awaitFirst(this::prepareOrEnd);
        }
    }

    private void prepare() throws SQLException {
        migrate();
        durability.check();
        foldVersion.check();
        partitions.make();
        spool.seeDatabase();
    }

    private void migrate() throws SQLException {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            SQLException cause = sqlException(e);
            if (cause != null && SqlFailure.of(cause).passes()) {
                throw cause;
            }
            throw e;
        }
    }

    /** What would have kept the service from beginning ends it; what is spooled stays for the next start. */
    private void prepareOrEnd() throws SQLException {
        try {
            prepare();
        } catch (SQLException e) {
            if (!SqlFailure.of(e).passes()) {
                end(e);
            }
            throw e;
        } catch (RuntimeException e) {
            end(e);
            throw e;
        }
    }

    private static void end(Exception cause) {
        LOG.error("The database that is there now cannot be used: the service ends", cause);
        Quarkus.asyncExit(1);
    }

    private static @Nullable SQLException sqlException(@Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        return failure instanceof SQLException e ? e : sqlException(failure.getCause());
    }
}
