package foldback.callback;

/** Text as it leaves the reader: every part of it can be stored as UTF-8 by a database that knows no U+0000. */
final class Text {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int QUOTED = 100;

    private Text() {}

    /** Without U+0000 and lone surrogates, which become U+FFFD. */
    static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return cleanFrom(i, text);
            }
        }
        return text;
    }

    private static String cleanFrom(int first, String text) {
        StringBuilder clean = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean lone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            clean.appendCodePoint(c == 0 || lone ? REPLACEMENT : c);
        }
        return clean.toString();
    }

    /** Without blanks at its ends. More than {@link String#strip}: a no-break space is as invisible as the others. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c <= ' '
                ? Character.isWhitespace(c)
                : c >= 0x80 && (Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /** Clean and trimmed; empty where it is absent, for which CloudMonitor also sends the word {@code null}. */
    static String value(String text) {
        String value = trim(clean(text));
        return value.equals("null") ? "" : value;
    }

    /** In quotation marks, on one line and not too long, for a sentence. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), QUOTED) + 3).append('\'');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (quoted.length() > QUOTED) {
                return quoted.append("…'").toString();
            }
            quoted.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            i += Character.charCount(c);
        }
        return quoted.append('\'').toString();
    }
}
