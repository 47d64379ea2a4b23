package foldback.callback;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the conditions of an {@code expression} that is JSON, as the oldest bodies have it; today's are plain text, {@code $Average >= 80}.
 *
 * <pre>
 * [{"expression":"$Average>90","level":4,"times":2}]
 * </pre>
 */
public final class Conditions {
    private static final int MAX_DIGITS = 9;

    private Conditions() {}

    /** Empty where the expression is absent or anything but a JSON object or an array of them. */
    public static List<Condition> of(@Nullable String expression) {
        if (expression == null || !(expression.startsWith("[") || expression.startsWith("{"))) {
            return List.of();
        }
        List<Condition> conditions = JsonObjects.read(expression, Conditions::condition);
        return conditions == null ? List.of() : List.copyOf(conditions);
    }

    private static Condition condition(JsonParser parser) throws IOException {
        SortedMap<String, String> values = JsonFields.all(parser);
        return new Condition(values.get("expression"), Levels.read(values.get("level")), times(values.get("times")));
    }

    private static @Nullable Integer times(@Nullable String text) {
        return text != null && text.length() <= MAX_DIGITS && Timestamps.isDigits(text) ? Integer.valueOf(text) : null;
    }
}
