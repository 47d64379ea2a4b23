package foldback.callback;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Java's {@code Map.toString} writes: <code>{instanceId=i-1, processName=java -Dapp=a,b -Dx={y}, userId=1098}</code>.
 *
 * <p>Nothing in it is escaped. A value therefore ends only at a comma and a space that an identifier and {@code =} follow; a value that
 * holds just this is read as two, which no reader could know better.
 */
final class MapToString {
    private static final String SEPARATOR = ", ";

    private MapToString() {}

    /** The pairs between the braces, which the text must begin and end with; null where it holds no pairs but something else. */
    static @Nullable SortedMap<String, String> read(String text) {
        SortedMap<String, String> pairs = new TreeMap<>();
        int end = text.length() - 1;
        int at = 1;
        while (at < end) {
            int equals = text.indexOf('=', at);
            if (equals < 0 || equals >= end) {
                return null;
            }
            int next = endOfValue(text, equals + 1, end);
            pairs.putIfAbsent(Text.trim(text.substring(at, equals)), Text.value(text.substring(equals + 1, next)));
            at = next + SEPARATOR.length();
        }
        pairs.values().removeIf(String::isEmpty);
        return pairs;
    }

    private static int endOfValue(String text, int from, int end) {
        int comma = text.indexOf(SEPARATOR, from);
        while (comma >= 0 && !keyFollows(text, comma + SEPARATOR.length())) {
            comma = text.indexOf(SEPARATOR, comma + SEPARATOR.length());
        }
        return comma < 0 ? end : comma;
    }

    private static boolean keyFollows(String text, int from) {
        int at = from;
        while (at < text.length() && isPartOfKey(text.charAt(at), at == from)) {
            at++;
        }
        return at > from && at < text.length() && text.charAt(at) == '=';
    }

    /** Identifiers of any script, and with the dots and hyphens that label keys have. */
    private static boolean isPartOfKey(char c, boolean first) {
        return Character.isLetter(c) || c == '_' || (!first && (Character.isDigit(c) || c == '.' || c == '-'));
    }
}
