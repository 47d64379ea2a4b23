package foldback.callback;

import foldback.callback.AlertReading.Left;
import foldback.callback.AlertReading.Taken;
import foldback.callback.CallbackReading.Unreadable;
import foldback.fold.Display;
import foldback.fold.Said;
import foldback.fold.Signal;
import foldback.fold.StreamKey.Rule;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes sense of one alert's fields. Only what decides on stream and state can be a reason to leave it. */
final class AlertReader {
    private AlertReader() {}

    static AlertReading read(FieldValues fields) {
        String state = fields.get(FieldName.ALERT_STATE);
        if (state == null) {
            return new Left(OtherMessages.recognise(fields));
        }
        Signal signal = signal(state);
        if (signal == null) {
            return unreadable(
                    FieldName.ALERT_STATE,
                    "alertState is " + Text.quote(state)
                            + ", which is none of ALERT, ALARM, OK and INSUFFICIENT_DATA.");
        }
        Rule rule = rule(fields);
        if (rule == null) {
            return unreadable(
                    FieldName.RULE_ID, "The alert names no rule: ruleId, alertName and metricName are all absent.");
        }
        List<SortedMap<String, String>> dimensions = Dimensions.read(fields.get(FieldName.DIMENSIONS));
        if (dimensions == null) {
            String text = String.valueOf(fields.get(FieldName.DIMENSIONS));
            return unreadable(
                    FieldName.DIMENSIONS,
                    "dimensions are " + Text.quote(text)
                            + ", which is neither JSON objects nor {key=value, key=value}.");
        }
        Said said = said(signal, fields);
        return new Taken(new Alert(
                userId(fields, dimensions), rule, dimensions, said, Timestamps.read(fields.get(FieldName.TIMESTAMP))));
    }

    private static Left unreadable(FieldName field, String reason) {
        return new Left(new Unreadable(reason, field.spelling()));
    }

    /** {@code ALARM} is the oldest sample's word for {@code ALERT}. */
    private static @Nullable Signal signal(String state) {
        if (state.equalsIgnoreCase("ALARM")) {
            return Signal.ALERT;
        }
        for (Signal signal : Signal.values()) {
            if (signal.name().equalsIgnoreCase(state)) {
                return signal;
            }
        }
        return null;
    }

    private static @Nullable Rule rule(FieldValues fields) {
        String ruleId = fields.get(FieldName.RULE_ID);
        if (ruleId != null) {
            return new Rule.ById(ruleId);
        }
        String alertName = fields.get(FieldName.ALERT_NAME);
        String metric = metric(fields);
        return alertName == null && metric == null ? null : new Rule.ByName(namespace(fields), metric, alertName);
    }

    private static @Nullable String metric(FieldValues fields) {
        return fields.get(FieldName.RAW_METRIC_NAME, FieldName.METRIC_NAME);
    }

    private static @Nullable String namespace(FieldValues fields) {
        return fields.get(FieldName.NAMESPACE, FieldName.METRIC_PROJECT);
    }

    /** The account; taken from the dimensions only where all of them agree on it. */
    private static @Nullable String userId(FieldValues fields, List<SortedMap<String, String>> dimensions) {
        String userId = fields.get(FieldName.USER_ID);
        if (userId != null) {
            return userId;
        }
        String common = dimensions.get(0).get(FieldName.USER_ID.spelling());
        boolean agreed = common != null
                && dimensions.stream().allMatch(object -> common.equals(object.get(FieldName.USER_ID.spelling())));
        return agreed ? common : null;
    }

    private static Said said(Signal signal, FieldValues fields) {
        return new Said(
                signal,
                Levels.inForce(signal, fields),
                Levels.read(fields.get(FieldName.PRE_TRIGGER_LEVEL)),
                fields.get(FieldName.CUR_VALUE),
                fields.get(FieldName.TRANS_ID),
                display(fields));
    }

    private static Display display(FieldValues fields) {
        return new Display(
                fields.get(FieldName.ALERT_NAME),
                namespace(fields),
                metric(fields),
                fields.get(FieldName.INSTANCE_NAME),
                fields.get(FieldName.REGION_ID),
                fields.get(FieldName.REGION_NAME),
                fields.get(FieldName.GROUP_ID),
                fields.get(FieldName.PRODUCT_GROUP_NAME),
                fields.get(FieldName.UNIT),
                fields.get(FieldName.EXPRESSION),
                CustomLabels.read(fields.get(FieldName.CUSTOM_LABELS)));
    }
}
