package foldback.listing;

import foldback.search.Words;

/** The words that a client searches for, within what a query can take. */
final class SearchWords {
    private static final int MOST = 20;
    private static final int LONGEST = 200;

    private SearchWords() {}

    static Words of(String name, String text) {
        Words words = Words.of(text);
        if (words.words().isEmpty()) {
            throw Parameters.refused(name, "should hold a word");
        }
        if (words.words().size() > MOST) {
            throw Parameters.refused(name, "should hold at most " + MOST + " words");
        }
        if (words.words().stream().anyMatch(word -> word.length() > LONGEST)) {
            throw Parameters.refused(name, "should hold words of at most " + LONGEST + " characters");
        }
        return words;
    }
}
