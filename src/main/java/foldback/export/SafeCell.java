package foldback.export;

import java.util.regex.Pattern;

/**
 * A cell that no spreadsheet runs: whoever may send a callback may write {@code =HYPERLINK(…)} into a name, and somebody opens the export
 * with a click. A leading {@code '} makes it text. Numbers are left as they are: {@code -5.3}.
 */
final class SafeCell {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    private SafeCell() {}

    static String of(String text) {
        return begins(text) && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    private static boolean begins(String text) {
        return !text.isEmpty()
                && switch (text.charAt(0)) {
                    case '=', '+', '-', '@', '\t', '\r' -> true;
                    default -> false;
                };
    }
}
