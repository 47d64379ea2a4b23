package foldback.callback;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Collections;
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
        return inside.startsWith("\"") ? json(text) : MapToString.read(text);
    }

    private static @Nullable SortedMap<String, String> json(String text) {
        try (JsonParser parser = Json.parser(text)) {
            parser.nextToken();
            SortedMap<String, String> values = JsonFields.all(parser);
            return parser.nextToken() == null ? values : null;
        } catch (IOException e) {
            return null;
        }
    }
}
