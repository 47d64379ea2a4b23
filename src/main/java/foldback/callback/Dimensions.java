package foldback.callback;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code dimensions}, which name what the alert is about:
 *
 * <pre>
 * {userId=1098, device=/dev/vda1, instanceId=i-1}
 * [{"userId":"1098","instanceId":"i-1"},{"userId":"1098","instanceId":"i-2"}]
 * </pre>
 *
 * A JSON array or object of the body comes here as text too: CloudMonitor's own documentation has it both ways.
 */
final class Dimensions {
    private static final List<SortedMap<String, String>> ACCOUNT = List.of(Collections.emptySortedMap());

    private Dimensions() {}

    /** At least one object, the empty one for an alert on the account itself; null where they cannot be read. */
    static @Nullable List<SortedMap<String, String>> read(@Nullable String text) {
        if (text == null) {
            return ACCOUNT;
        }
        if (text.startsWith("[")) {
            List<SortedMap<String, String>> objects = JsonObjects.read(text, JsonFields::all);
            return objects != null && objects.isEmpty() ? ACCOUNT : objects;
        }
        SortedMap<String, String> object = ObjectText.read(text);
        return object == null ? null : List.of(object);
    }
}
