package foldback.search;

import java.util.ArrayList;
import java.util.List;

/** The words of a search: each must be a part of some text, in any case. No word has a blank, so texts can be joined by one. */
public record Words(List<String> words) {
    public Words {
        words = List.copyOf(words);
    }

    /** A text between blanks of any script. */
    public static Words of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!isBlank(c)) {
                word.appendCodePoint(c);
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return new Words(words);
    }

    /** Whether each word is a part of the text. */
    public boolean allIn(String text) {
        String folded = CaseFolding.fold(text);
        return words.stream().map(CaseFolding::fold).allMatch(folded::contains);
    }

    /**
     * A regular expression of PostgreSQL that finds the word whatever the case, without regard to the locale of the database: there
     * {@code lower} may know no letters but those of English.
     */
    public static String pattern(String word) {
        StringBuilder pattern = new StringBuilder();
        word.codePoints().forEach(c -> {
            int[] variants = CaseFolding.variants(c);
            if (variants.length > 1) {
                pattern.append('[')
                        .append(new String(variants, 0, variants.length))
                        .append(']');
            } else if (c < 0x80 && !Character.isLetterOrDigit(c)) {
                pattern.append('\\').appendCodePoint(c);
            } else {
                pattern.appendCodePoint(c);
            }
        });
        return pattern.toString();
    }

    static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
