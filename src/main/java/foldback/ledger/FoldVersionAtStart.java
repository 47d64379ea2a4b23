package foldback.ledger;

import foldback.database.Patience;
import foldback.fold.FoldPolicy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Writes the first fold version into a new database; says where an old one folds otherwise than is configured. */
@Singleton
public final class FoldVersionAtStart {
    private static final Logger LOG = Logger.getLogger(FoldVersionAtStart.class);

    private final Transactions transactions;
    private final FoldVersions versions;
    private final FoldPolicy configured;

    public FoldVersionAtStart(Transactions transactions, FoldVersions versions, FoldConfig config) {
        this.transactions = transactions;
        this.versions = versions;
        this.configured = FoldVersions.configured(config);
    }

    /** Before anything is recorded. */
    public void check() throws SQLException {
        FoldVersions.Version inForce =
                transactions.call(Patience.AT_LEISURE, connection -> versions.first(connection, configured));
        if (!inForce.policy().equals(configured)) {
            LOG.warnf(
                    "configured is foldback.fold.reopen-within=%s, but incidents are folded with %s (fold version %d);"
                            + " the configured value takes effect by a rebuild: POST /api/rebuild",
                    configured.reopenWithin(), inForce.policy().reopenWithin(), inForce.number());
        }
    }
}
