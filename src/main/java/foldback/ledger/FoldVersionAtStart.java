package foldback.ledger;

import foldback.fold.FoldPolicy;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Writes the first fold version into a new database; says where an old one folds otherwise than is configured. */
@Singleton
final class FoldVersionAtStart {
    private static final int BEFORE_RECORDING = 1;
    private static final Logger LOG = Logger.getLogger(FoldVersionAtStart.class);

    private final Recording recording;
    private final FoldVersions versions;
    private final FoldPolicy configured;

    FoldVersionAtStart(Recording recording, FoldVersions versions, FoldConfig config) {
        this.recording = recording;
        this.versions = versions;
        this.configured = FoldVersions.configured(config);
    }

    void start(@Observes @Priority(BEFORE_RECORDING) StartupEvent event) throws SQLException {
        FoldVersions.Version inForce =
                recording.inTransaction((connection, locking) -> versions.first(connection, configured));
        if (!inForce.policy().equals(configured)) {
            LOG.warnf(
                    "configured is foldback.fold.reopen-within=%s, but incidents are folded with %s (fold version %d);"
                            + " the configured value takes effect by a rebuild: POST /api/rebuild",
                    configured.reopenWithin(), inForce.policy().reopenWithin(), inForce.number());
        }
    }
}
