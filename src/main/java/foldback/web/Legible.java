package foldback.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text of strangers as a page shows it: whoever may send a callback may name an alert {@code \u202E} or write ten thousand characters. What
 * would turn the text around it, or is no character to be seen, stands as its number; of a long text the beginning and the end are shown.
 *
 * @param shown what to show, still to be escaped
 * @param whole the text as it is; null where that is what is shown
 */
public record Legible(String shown, @Nullable String whole) {
    /** Code points. What is longer fills a page. */
    private static final int LONGEST = 160;

    private static final int BEGINNING = 120;
    private static final int END = 30;

    static Legible of(String text) {
        int length = text.codePointCount(0, text.length());
        String shown = length <= LONGEST ? visible(text) : shortened(text, length);
        return new Legible(shown, shown.equals(text) ? null : text);
    }

    private static String shortened(String text, int length) {
        String beginning = text.substring(0, text.offsetByCodePoints(0, BEGINNING));
        String end = text.substring(text.offsetByCodePoints(text.length(), -END));
        return visible(beginning) + " … " + visible(end) + " (" + InWords.count(length) + " characters)";
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isSeen(point)) {
                visible.appendCodePoint(point);
            } else {
                visible.append(String.format(Locale.ROOT, "⟨U+%04X⟩", point));
            }
        });
        return visible.toString();
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> !turns(point);
        };
    }

    /** Embeddings, overrides and isolates of the bidirectional algorithm. */
    private static boolean turns(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }
}
