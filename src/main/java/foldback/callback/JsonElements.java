package foldback.callback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a JSON array of objects, {@code [{"ruleId":"r-1"}, {"ruleId":"r-2"}]}, into the bytes of its elements, as they arrived. The array has been
 * parsed already, so brackets outside of strings match; and no byte of a multi-byte character, broken or not, looks like a bracket.
 */
final class JsonElements {
    private JsonElements() {}

    static List<byte[]> split(byte[] body, int start) {
        List<byte[]> elements = new ArrayList<>();
        int depth = 0;
        int elementStart = start;
        for (int i = start; i < body.length; i++) {
            byte b = body[i];
            if (b == '"') {
                i = endOfString(body, i);
            } else if (b == '{' || b == '[') {
                if (depth++ == 1) {
                    elementStart = i;
                }
            } else if ((b == '}' || b == ']') && --depth == 1) {
                elements.add(Arrays.copyOfRange(body, elementStart, i + 1));
            }
        }
        return elements;
    }

    private static int endOfString(byte[] body, int quote) {
        int i = quote + 1;
        while (i < body.length && body[i] != '"') {
            i += body[i] == '\\' ? 2 : 1;
        }
        return i;
    }
}
