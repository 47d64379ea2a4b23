package foldback.incident;

import foldback.ledger.FeedRows.Was;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An incident as it was before a change, as far as filters ask: its state is known, and what it was called is what it is called now. */
final class FormerIncident {
    private FormerIncident() {}

    /**
     * Makes a row of what is known; the rest is made up, and of no use to anybody but a filter.
     *
     * @param called the incident as it is now, or its stream where it is gone
     * @param openedAt when the incident began, where that is known
     */
    static StoredIncident of(
            UUID id, StoredStreamKey stream, StoredDisplay called, @Nullable Instant openedAt, @Nullable Was was) {
        StoredIncident former = new StoredIncident();
        former.id = id;
        former.stream = stream;
        former.alertName = called.alertName;
        former.namespace = called.namespace;
        former.metricName = called.metricName;
        former.instanceName = called.instanceName;
        former.regionId = called.regionId;
        former.regionName = called.regionName;
        former.groupId = called.groupId;
        former.productGroupName = called.productGroupName;
        former.unit = called.unit;
        former.labels = called.labels;
        Instant lastAt = was == null ? Instant.EPOCH : was.lastAt();
        former.lastAt = lastAt;
        former.openedAt = openedAt == null ? lastAt : openedAt;
        former.firstReceivedAt = lastAt;
        former.signal = "ALERT";
        former.openedBy = "signal";
        if (was != null) {
            former.level = was.level();
            former.peakLevel = was.peakLevel();
            former.resolvedAt = was.open() ? null : lastAt;
            former.acknowledgedAt = was.acknowledged() ? lastAt : null;
        }
        return former;
    }
}
