package foldback.callback;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads an object that came as text, {@code {"team":"db"}} or <code>{team=db}</code>, whichever it is. */
final class ObjectText {
    private ObjectText() {}

    /** Null where the text is neither. */
    static @Nullable SortedMap<String, String> read(String text) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return null;
        }
        String inside = Text.trim(text.substring(1, text.length() - 1));
        if (inside.isEmpty()) {
            return Collections.emptySortedMap();
        }
        if (!inside.startsWith("\"")) {
            return MapToString.read(text);
        }
        List<SortedMap<String, String>> objects = JsonObjects.read(text, JsonFields::all);
        return objects == null ? null : objects.get(0);
    }
}
