package foldback.export;

/**
 * A text as a cell of a workbook can hold it. What XML has no character for, or a reader might drop at the ends, is written {@code _xHHHH_}, as
 * the format has it (ECMA-376, ST_Xstring): readers show the character. What is too long is cut, and says so.
 */
final class XlsxText {
    /** In UTF-16 units, as Excel counts. The escapes are counted as they stand, which is on the safe side. */
    private static final int MOST = 32_767;

    private static final String CUT = " … [cut: this text has %d characters, a cell at most " + MOST + "]";
    private static final String UNKNOWN = "\uFFFD";
    private static final int HEX_DIGITS = 4;

    private long cut;

    /** How many texts were cut until now. */
    long cut() {
        return cut;
    }

    String of(String text) {
        if (text.length() <= MOST && isPlain(text)) {
            return text;
        }
        StringBuilder cell = new StringBuilder();
        if (write(text, MOST, cell) < text.length()) {
            cut++;
            String note = CUT.formatted(text.length());
            cell.setLength(0);
            write(text, MOST - note.length(), cell);
            cell.append(note);
        }
        return cell.toString();
    }

    /** Most are. */
    private static boolean isPlain(String text) {
        int last = text.length() - 1;
        for (int at = 0; at <= last; at++) {
            char c = text.charAt(at);
            if (c < ' '
                    || c >= Character.MIN_SURROGATE
                    || (c == '_' && looksEscaped(text, at))
                    || (c == ' ' && (at == 0 || at == last))) {
                return false;
            }
        }
        return true;
    }

    /** Writes as much as fits, and returns how much that was. */
    private static int write(String text, int most, StringBuilder cell) {
        int at = 0;
        while (at < text.length()) {
            String shown = shown(text, at);
            if (cell.length() + shown.length() > most) {
                break;
            }
            cell.append(shown);
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static String shown(String text, int at) {
        int c = text.codePointAt(at);
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            return UNKNOWN;
        }
        boolean atAnEnd = at == 0 || at == text.length() - 1;
        boolean blank = c == ' ' || c == '\t' || c == '\n';
        boolean unwritable = (c < ' ' && !blank) || c == 0xFFFE || c == 0xFFFF;
        if (unwritable || (blank && atAnEnd) || (c == '_' && looksEscaped(text, at))) {
            return "_x%04X_".formatted(c);
        }
        return Character.toString(c);
    }

    /** Whether a reader might take it for an escape, together with what is written behind it. */
    private static boolean looksEscaped(String text, int at) {
        return text.regionMatches(at + 1, "x", 0, 1)
                && text.length() >= at + 2 + HEX_DIGITS
                && text.substring(at + 2, at + 2 + HEX_DIGITS)
                        .chars()
                        .allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    }
}
