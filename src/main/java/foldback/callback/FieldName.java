package foldback.callback;

/** The fields that are read; every other one is only kept. */
enum FieldName {
    ALERT_NAME("alertName"),
    ALERT_STATE("alertState"),
    CUR_VALUE("curValue"),
    CUSTOM_LABELS("customLabels"),
    DIMENSIONS("dimensions"),
    EXPRESSION("expression"),
    GROUP_ID("groupId"),
    INSTANCE_NAME("instanceName"),
    METRIC_NAME("metricName"),
    METRIC_PROJECT("metricProject"),
    NAMESPACE("namespace"),
    PRE_TRIGGER_LEVEL("preTriggerLevel"),
    PRODUCT_GROUP_NAME("productGroupName"),
    RAW_METRIC_NAME("rawMetricName"),
    REGION_ID("regionId"),
    REGION_NAME("regionName"),
    RULE_ID("ruleId"),
    TIMESTAMP("timestamp"),
    TRANS_ID("transId"),
    TRIGGER_LEVEL("triggerLevel"),
    UNIT("unit"),
    USER_ID("userId"),

    // by which a system event is known
    EVENT_TIME("eventTime"),
    NAME("name"),
    PRODUCT("product"),
    RESOURCE_ID("resourceId");

    private final String spelling;

    FieldName(String spelling) {
        this.spelling = spelling;
    }

    /** As CloudMonitor documents it. */
    String spelling() {
        return spelling;
    }
}
