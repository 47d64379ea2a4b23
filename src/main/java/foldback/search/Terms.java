package foldback.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms under which an index finds a row: of texts each character and each pair of neighbours within a word, in folded case, and of
 * values that are asked for whole {@code field=value}. What contains a word has all terms of the word; the converse is to be checked.
 * Pairs serve any script: most Chinese words have two characters. No term has a blank.
 */
public final class Terms {
    /** A row with more terms has none that can be indexed: it is looked at by every search. */
    public static final int MOST = 2000;

    private static final int LONGEST_VALUE = 64;

    /** An index takes no term of more than some 2,700 bytes, of which a character may need four. */
    private static final int LONGEST_PAIR = 256;

    private final Set<String> terms = new LinkedHashSet<>();

    /** What may be found by a part of its words. */
    public Terms text(@Nullable String text) {
        String previous = "";
        for (int at = 0; text != null && at < text.length() && !isFull(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            String next = Words.isBlank(c) ? "" : Character.toString(CaseFolding.fold(c));
            if (!next.isEmpty()) {
                terms.add(next);
                terms.add(previous + next);
            }
            previous = next;
        }
        return this;
    }

    /** What may be found by its whole value. */
    public Terms value(String field, @Nullable String value) {
        if (value != null && !isFull()) {
            terms.add(of(field, value));
        }
        return this;
    }

    /** All of them, with blanks between; null where they are too many. */
    public @Nullable String joined() {
        return isFull() ? null : String.join(" ", terms);
    }

    /** The terms that a text must have to contain each word of this one. */
    public static List<String> of(String text) {
        return List.copyOf(new Terms().text(text).terms);
    }

    /** The term of a whole value. */
    public static String of(String field, String value) {
        String pair = field + "=" + value;
        boolean fit = value.length() <= LONGEST_VALUE
                && pair.length() <= LONGEST_PAIR
                && pair.codePoints().noneMatch(Words::isBlank);
        return fit ? pair : "#" + Integer.toHexString(pair.hashCode()) + "." + pair.length();
    }

    private boolean isFull() {
        return terms.size() > MOST;
    }
}
