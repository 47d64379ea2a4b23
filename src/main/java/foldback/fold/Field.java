package foldback.fold;

/** The fields of an incident that events set, under the names that clients see and in the order in which they see them. */
public enum Field {
    ID("id"),
    STATUS("status"),
    STALE("stale"),
    STREAM_ID("streamId"),
    USER_ID("userId"),
    RULE_ID("ruleId"),
    ALERT_NAME("alertName"),
    NAMESPACE("namespace"),
    METRIC_NAME("metricName"),
    DIMENSIONS("dimensions"),
    INSTANCE_NAME("instanceName"),
    REGION_ID("regionId"),
    REGION_NAME("regionName"),
    GROUP_ID("groupId"),
    PRODUCT_GROUP_NAME("productGroupName"),
    UNIT("unit"),
    LABELS("labels"),
    LEVEL("level"),
    PEAK_LEVEL("peakLevel"),
    SIGNAL("signal"),
    EXPRESSION("expression"),
    TRANS_ID("transId"),
    OPENED_AT("openedAt"),
    OPENED_BY("openedBy"),
    RESOLVED_AT("resolvedAt"),
    RESOLVED_EARLIEST("resolvedEarliest"),
    RESOLVED_BY("resolvedBy"),
    LAST_SIGNAL_AT("lastSignalAt"),
    FIRST_RECEIVED_AT("firstReceivedAt"),
    DURATION_SECONDS("durationSeconds"),
    UNOBSERVED_SECONDS("unobservedSeconds"),
    TIME_TO_ACKNOWLEDGE_SECONDS("timeToAcknowledgeSeconds"),
    TIME_TO_RESOLVE_SECONDS("timeToResolveSeconds"),
    ACKNOWLEDGED_AT("acknowledgedAt"),
    ACKNOWLEDGED_BY("acknowledgedBy"),
    OPENING_VALUE("openingValue"),
    CURRENT_VALUE("currentValue"),
    WORST_VALUE("worstValue"),
    RECOVERY_VALUE("recoveryValue"),
    ALERT_COUNT("alertCount"),
    REOPEN_COUNT("reopenCount"),
    NOTE_COUNT("noteCount");

    private final String key;

    Field(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
