package foldback.incident;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import foldback.fold.Extremes;
import foldback.ledger.JsonText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An incident as clients see it, in the order of the contract. Durations of an open one run to the instant of asking. */
public record IncidentView(
        UUID id,
        String status,
        boolean stale,
        UUID streamId,
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
        @Nullable String level,
        @Nullable String peakLevel,
        String signal,
        @Nullable String expression,
        @Nullable String transId,
        Instant openedAt,
        String openedBy,
        @Nullable Instant resolvedAt,
        @Nullable Instant resolvedEarliest,
        @Nullable String resolvedBy,
        Instant lastSignalAt,
        Instant firstReceivedAt,
        @Nullable BigDecimal durationSeconds,
        BigDecimal unobservedSeconds,
        @Nullable BigDecimal timeToAcknowledgeSeconds,
        @Nullable BigDecimal timeToResolveSeconds,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable String openingValue,
        @Nullable String currentValue,
        @Nullable String worstValue,
        @Nullable String recoveryValue,
        int alertCount,
        int reopenCount,
        int noteCount) {

    /**
     * What of it does not run with the clock. That it has become stale does belong to it.
     *
     * @param unobservedSeconds to its last signal
     */
    record Lasting(
            @JsonIgnoreProperties({"durationSeconds", "unobservedSeconds"})
            IncidentView incident,

            BigDecimal unobservedSeconds) {
        static Lasting of(StoredIncident incident, IncidentView view) {
            return new Lasting(view, unobserved(incident, incident.lastAt));
        }
    }

    public static IncidentView of(StoredIncident incident, Instant now, Duration staleAfter) {
        boolean open = incident.resolvedAt == null;
        return new IncidentView(
                incident.id,
                open ? "open" : "resolved",
                open && incident.lastAt.isBefore(now.minus(staleAfter)),
                incident.stream.streamId,
                incident.stream.userId,
                incident.stream.ruleId,
                incident.alertName,
                incident.namespace,
                incident.metricName,
                JsonText.map(incident.stream.dimensions),
                incident.instanceName,
                incident.regionId,
                incident.regionName,
                incident.groupId,
                incident.productGroupName,
                incident.unit,
                JsonText.map(incident.labels),
                incident.level,
                incident.peakLevel,
                incident.signal,
                incident.expression,
                incident.transId,
                incident.openedAt,
                incident.openedBy,
                incident.resolvedAt,
                incident.resolvedEarliest,
                incident.resolvedBy,
                incident.lastAt,
                incident.firstReceivedAt,
                Seconds.between(incident.openedAt, open ? now : incident.resolvedAt),
                unobserved(incident, now),
                Seconds.between(incident.openedAt, incident.acknowledgedAt),
                Seconds.between(incident.openedAt, incident.resolvedAt),
                incident.acknowledgedAt,
                incident.acknowledgedBy,
                incident.openingValue,
                incident.currentValue,
                new Extremes(incident.greatestValue, incident.smallestValue).worst(incident.expression),
                incident.recoveryValue,
                incident.alertCount,
                incident.reopenCount,
                incident.noteCount);
    }

    private static BigDecimal unobserved(StoredIncident incident, Instant now) {
        Duration closed = Duration.of(incident.unobservedMicros, ChronoUnit.MICROS);
        Instant since = incident.unobservedSince;
        return Seconds.of(since == null ? closed : closed.plus(Seconds.atLeastZero(since, now)));
    }
}
