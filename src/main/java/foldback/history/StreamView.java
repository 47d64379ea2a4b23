package foldback.history;

import foldback.incident.StoredStream;
import foldback.ledger.JsonText;
import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stream as clients see it, in the order of the contract. What is display only is the latest seen. */
public record StreamView(
        UUID id,
        @Nullable String userId,
        @Nullable String ruleId,
        @Nullable String alertName,
        @Nullable String namespace,
        @Nullable String metricName,
        SortedMap<String, String> dimensions,
        @Nullable String instanceName,
        @Nullable String regionId,
        @Nullable String regionName,
        @Nullable String groupId,
        @Nullable String productGroupName,
        @Nullable String unit,
        SortedMap<String, String> labels,
        @Nullable String signal,
        @Nullable Instant signalSince,
        @Nullable Instant lastSignalAt,
        @Nullable UUID openIncidentId,
        long signalCount,
        long strayCount,
        long duplicateCount,
        long lateCount,
        long incidentCount) {

    static StreamView of(StoredHead head, @Nullable UUID openIncidentId) {
        StoredStream stream = head.stream;
        return new StreamView(
                head.streamId,
                stream.userId,
                stream.ruleId,
                stream.alertName,
                stream.namespace,
                stream.metricName,
                JsonText.map(stream.dimensions),
                stream.instanceName,
                stream.regionId,
                stream.regionName,
                stream.groupId,
                stream.productGroupName,
                stream.unit,
                JsonText.map(stream.labels),
                head.signal,
                head.signalSince,
                head.lastSignalAt,
                openIncidentId,
                head.signalCount,
                head.strayCount,
                head.duplicateCount,
                head.lateCount,
                head.incidentCount);
    }
}
