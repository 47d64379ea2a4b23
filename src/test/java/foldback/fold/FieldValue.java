package foldback.fold;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an incident shows under a field, as far as events decide it: what its clients see, with what runs to now taken at a fixed instant. */
final class FieldValue {
    private static final Instant NOW = Instant.parse("2025-03-05T02:00:00Z");
    private static final Duration STALE_AFTER = Duration.ofHours(25);

    private FieldValue() {}

    static @Nullable Object of(Field field, Incident incident) {
        Display display = incident.display();
        Instant resolvedAt = incident.resolvedAt();
        Instant acknowledgedAt = incident.attention().acknowledgedAt();
        return switch (field) {
            case ID -> incident.id();
            case STATUS -> incident.open();
            case STALE -> incident.open() && incident.last().occurredAt().isBefore(NOW.minus(STALE_AFTER));
            case STREAM_ID, USER_ID, RULE_ID, DIMENSIONS -> "of the stream, so of each of its events";
            case ALERT_NAME -> display.alertName();
            case NAMESPACE -> display.namespace();
            case METRIC_NAME -> display.metricName();
            case INSTANCE_NAME -> display.instanceName();
            case REGION_ID -> display.regionId();
            case REGION_NAME -> display.regionName();
            case GROUP_ID -> display.groupId();
            case PRODUCT_GROUP_NAME -> display.productGroupName();
            case UNIT -> display.unit();
            case LABELS -> display.labels();
            case LEVEL -> incident.level();
            case PEAK_LEVEL -> incident.peakLevel();
            case SIGNAL -> incident.signal();
            case EXPRESSION -> display.expression();
            case TRANS_ID -> incident.transId();
            case OPENED_AT -> incident.openedAt();
            case OPENED_BY -> incident.openedBy();
            case RESOLVED_AT -> resolvedAt;
            case RESOLVED_EARLIEST ->
                incident.resolution() == null ? null : incident.resolution().earliest();
            case RESOLVED_BY ->
                incident.resolution() == null ? null : incident.resolution().by();
            case LAST_SIGNAL_AT -> incident.last().occurredAt();
            case FIRST_RECEIVED_AT -> incident.firstReceivedAt();
            case DURATION_SECONDS -> Duration.between(incident.openedAt(), resolvedAt == null ? NOW : resolvedAt);
            case UNOBSERVED_SECONDS ->
                incident.unobservedSince() == null
                        ? incident.unobserved()
                        : incident.unobserved().plus(Duration.between(incident.unobservedSince(), NOW));
            case TIME_TO_ACKNOWLEDGE_SECONDS ->
                acknowledgedAt == null ? null : Duration.between(incident.openedAt(), acknowledgedAt);
            case TIME_TO_RESOLVE_SECONDS ->
                resolvedAt == null ? null : Duration.between(incident.openedAt(), resolvedAt);
            case ACKNOWLEDGED_AT -> acknowledgedAt;
            case ACKNOWLEDGED_BY -> incident.attention().acknowledgedBy();
            case OPENING_VALUE -> incident.openingValue();
            case CURRENT_VALUE -> incident.currentValue();
            case WORST_VALUE -> incident.worstValue();
            case RECOVERY_VALUE -> incident.recoveryValue();
            case ALERT_COUNT -> incident.alertCount();
            case REOPEN_COUNT -> incident.reopenCount();
            case NOTE_COUNT -> incident.attention().noteCount();
        };
    }
}
