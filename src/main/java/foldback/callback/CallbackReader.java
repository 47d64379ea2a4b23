package foldback.callback;

import foldback.callback.CallbackReading.Unreadable;
import java.util.List;

/**
 * Reads the body of a callback: JSON object, JSON array or form, whatever its {@code Content-Type} says.
 *
 * <pre>
 * {"alertName":"cpu","alertState":"ALERT","dimensions":[{"instanceId":"i-1"}],"timestamp":"1508136760"}
 * alertName=cpu&amp;alertState=ALERT&amp;dimensions=%7BinstanceId%3Di-1%7D&amp;timestamp=1508136760
 * </pre>
 *
 * <p>Total: any bytes give a reading, never an exception. The time it takes is linear in the body's length, and nothing but the body
 * decides the result, so that a body can be read again later.
 */
public final class CallbackReader {
    private CallbackReader() {}

    public static CallbackReading read(byte[] body) {
        int start = Body.start(body);
        if (start == body.length) {
            return new Unreadable("The body is empty.", null);
        }
        if (Body.isJson(body, start)) {
            return JsonBody.read(body, start);
        }
        FieldValues form = FormFields.read(body, start);
        if (form == null) {
            String text = Text.quote(Body.beginning(body, start));
            return new Unreadable("The body is neither JSON nor a form of name=value pairs: " + text + ".", null);
        }
        return Alerts.read(List.of(form), List.of(body));
    }
}
