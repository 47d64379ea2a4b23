package foldback.ledger;

import foldback.database.Patience;
import foldback.fold.EventIds;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records what people do: an operator event an action, folded like any other event. */
@Singleton
public final class Actions {
    private static final Logger LOG = Logger.getLogger(Actions.class);

    /** So many in a transaction: it holds up the callbacks of their streams, for some 30 ms. */
    private static final int AT_ONCE = 100;

    private final Transactions transactions;
    private final FoldVersions versions;
    private final Clock clock;

    public Actions(Transactions transactions, FoldVersions versions, Clock clock) {
        this.transactions = transactions;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * Records one action, in a transaction of its own.
     *
     * @param claim at which it is noted that it is recorded; null where the person sent no key
     */
    public ActionOutcome act(Action action, @Nullable KeyClaim claim) {
        return act(List.of(action), claim).values().iterator().next();
    }

    /**
     * Records each of the actions that can be, a part of them in each transaction.
     *
     * @param actions on an incident each
     * @return what became of each, by the incident that it names. Once the database does not answer, the rest is not tried
     * @throws ClaimLost where another request has the key by now; what is recorded until then stays
     */
    public Map<UUID, ActionOutcome> act(List<Action> actions, @Nullable KeyClaim claim) {
        Map<UUID, ActionOutcome> outcomes = new LinkedHashMap<>();
        // Sorted by stream: those of one stream are worked on in one transaction, where its head is locked already.
        List<Action> sorted = actions.stream()
                .sorted(Comparator.comparing(Action::streamId, EventIds::compare))
                .toList();
        try {
            for (int from = 0; from < sorted.size(); from += AT_ONCE) {
                List<Action> part = sorted.subList(from, Math.min(sorted.size(), from + AT_ONCE));
                List<UUID> streams = part.stream().map(Action::streamId).toList();
                outcomes.putAll(transactions.call(Patience.RECORDING, streams, connection -> new ActionBatch(
                                connection, versions, clock.instant())
                        .record(part, claim)));
            }
        } catch (SQLException e) {
            LOG.warnf(
                    "%d of %d actions were not recorded: %s",
                    sorted.size() - outcomes.size(), sorted.size(), e.getMessage());
            ActionOutcome away = new ActionOutcome.Unavailable("the database is not available", Duration.ofSeconds(2));
            sorted.forEach(action -> outcomes.putIfAbsent(action.incidentId(), away));
        }
        return outcomes;
    }
}
