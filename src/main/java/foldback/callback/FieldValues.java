package foldback.callback;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one alert. Of a repeated field the first value counts, also where it is empty; a name in another case counts only where
 * the exact one does not occur at all.
 */
final class FieldValues {
    private final Map<FieldName, String> exact = new EnumMap<>(FieldName.class);
    private @Nullable Map<FieldName, String> inexact;

    void put(FieldName name, String text) {
        exact.putIfAbsent(name, Text.value(text));
    }

    /** Under the key as it was sent, which is the name's spelling but for its case. */
    void put(FieldName name, String key, String text) {
        if (key.equals(name.spelling())) {
            put(name, text);
            return;
        }
        if (inexact == null) {
            inexact = new EnumMap<>(FieldName.class);
        }
        inexact.putIfAbsent(name, Text.value(text));
    }

    /** The trimmed value; null where it is absent, empty or the word {@code null}. */
    @Nullable
    String get(FieldName name) {
        String value = exact.get(name);
        if (value == null && inexact != null) {
            value = inexact.get(name);
        }
        return value == null || value.isEmpty() ? null : value;
    }

    @Nullable
    String get(FieldName name, FieldName otherwise) {
        String value = get(name);
        return value != null ? value : get(otherwise);
    }

    boolean has(FieldName name) {
        return get(name) != null;
    }
}
