package foldback.history;

import foldback.callback.Condition;
import foldback.callback.Conditions;
import foldback.ledger.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as clients see it, in the order of the contract.
 *
 * @param conditions where the expression is JSON
 * @param incidentId the incident that holds it, or of an operator event that it names
 */
public record EventView(
        UUID id,
        UUID streamId,
        @Nullable UUID callbackId,
        String type,
        Instant occurredAt,
        Instant receivedAt,
        Instant recordedAt,
        boolean timeEstimated,
        @Nullable String signal,
        @Nullable String level,
        @Nullable String previousLevel,
        @Nullable String curValue,
        @Nullable String unit,
        @Nullable String expression,
        @Nullable List<Condition> conditions,
        @Nullable String transId,
        @Nullable UUID incidentId,
        @Nullable String by,
        @Nullable String note,
        @Nullable String userId,
        @Nullable String ruleId,
        @Nullable String alertName,
        @Nullable String namespace,
        @Nullable String metricName,
        SortedMap<String, String> dimensions,
        @Nullable String instanceName,
        @Nullable String regionId,
        @Nullable String groupId,
        SortedMap<String, String> labels) {

    static EventView of(StoredEvent event, @Nullable UUID incidentId) {
        List<Condition> conditions = Conditions.of(event.expression);
        return new EventView(
                event.id,
                event.stream.streamId,
                event.callbackId,
                event.type,
                event.occurredAt,
                event.receivedAt,
                event.recordedAt,
                event.timeEstimated,
                event.signal,
                event.level,
                event.previousLevel,
                event.curValue,
                event.unit,
                event.expression,
                conditions.isEmpty() ? null : conditions,
                event.transId,
                incidentId,
                event.by,
                event.note,
                event.stream.userId,
                event.stream.ruleId,
                event.alertName,
                event.namespace,
                event.metricName,
                JsonText.map(event.stream.dimensions),
                event.instanceName,
                event.regionId,
                event.groupId,
                JsonText.map(event.labels));
    }
}
