package foldback.callback;

import foldback.callback.CallbackReading.Kind;
import foldback.callback.CallbackReading.NoAlert;
import org.jspecify.annotations.Nullable;

/**
 * Says what a message is that has no {@code alertState}. A system event of the same console is posted to the same kind of URL:
 *
 * <pre>
 * {"ver":"1.0","product":"cfw","resourceId":"acs:ecs:…","name":"BandwidthExceeded","level":"WARN","eventTime":"20201216T160841.792+0800"}
 * </pre>
 */
final class OtherMessages {
    private OtherMessages() {}

    static NoAlert recognise(FieldValues fields) {
        String field = FieldName.ALERT_STATE.spelling();
        boolean isEvent = fields.has(FieldName.EVENT_TIME)
                && (fields.has(FieldName.PRODUCT) || fields.has(FieldName.RESOURCE_ID));
        return isEvent
                ? new NoAlert(Kind.EVENT, event(fields.get(FieldName.NAME), fields.get(FieldName.PRODUCT)), field)
                : new NoAlert(Kind.OTHER, "The message has no alertState, so it is no threshold alert.", field);
    }

    private static String event(@Nullable String name, @Nullable String product) {
        return "The message is a system event"
                + (name == null ? "" : " " + Text.quote(name))
                + (product == null ? "" : " of product " + Text.quote(product))
                + " and no threshold alert: it has no alertState.";
    }
}
