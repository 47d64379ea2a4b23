package foldback.fold;

import java.util.EnumSet;
import java.util.Set;

/** The fields of an incident that are always set together. */
final class FieldGroups {
    static final Set<Field> OF_SIGNAL = EnumSet.of(Field.SIGNAL, Field.LAST_SIGNAL_AT, Field.STALE);
    static final Set<Field> OF_DISPLAY = EnumSet.of(
            Field.ALERT_NAME,
            Field.NAMESPACE,
            Field.METRIC_NAME,
            Field.INSTANCE_NAME,
            Field.REGION_ID,
            Field.REGION_NAME,
            Field.GROUP_ID,
            Field.PRODUCT_GROUP_NAME,
            Field.UNIT,
            Field.LABELS,
            Field.EXPRESSION);
    static final Set<Field> OF_ALERT = with(OF_DISPLAY, Field.ALERT_COUNT);
    static final Set<Field> OF_END = EnumSet.of(
            Field.STATUS,
            Field.STALE,
            Field.RESOLVED_AT,
            Field.RESOLVED_BY,
            Field.TIME_TO_RESOLVE_SECONDS,
            Field.DURATION_SECONDS);
    static final Set<Field> OF_OPENING = with(
            OF_DISPLAY,
            Field.ID,
            Field.STATUS,
            Field.STREAM_ID,
            Field.USER_ID,
            Field.RULE_ID,
            Field.DIMENSIONS,
            Field.OPENED_AT,
            Field.OPENED_BY,
            Field.FIRST_RECEIVED_AT,
            Field.DURATION_SECONDS,
            Field.UNOBSERVED_SECONDS,
            Field.ALERT_COUNT,
            Field.REOPEN_COUNT,
            Field.NOTE_COUNT);

    private FieldGroups() {}

    private static Set<Field> with(Set<Field> fields, Field... more) {
        EnumSet<Field> all = EnumSet.copyOf(fields);
        all.addAll(Set.of(more));
        return all;
    }
}
