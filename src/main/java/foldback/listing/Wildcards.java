package foldback.listing;

import java.util.List;

/** A text in which {@code *} stands for any characters, also none. */
public record Wildcards(List<String> pieces) {
    private static final char ANY = '*';

    public Wildcards {
        pieces = List.copyOf(pieces);
    }

    public static Wildcards of(String text) {
        return new Wildcards(List.of(text.split("\\*", -1)));
    }

    static List<Wildcards> of(List<String> texts) {
        return texts.stream().map(Wildcards::of).toList();
    }

    boolean isExact() {
        return pieces.size() == 1;
    }

    /** Looks for each piece at its first possible place, so that it takes no longer than the text. */
    boolean matches(String text) {
        String first = pieces.get(0);
        String last = pieces.get(pieces.size() - 1);
        if (isExact()) {
            return text.equals(first);
        }
        if (!text.startsWith(first) || !text.endsWith(last) || text.length() < first.length() + last.length()) {
            return false;
        }
        String middle = text.substring(first.length(), text.length() - last.length());
        int from = 0;
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int at = middle.indexOf(piece, from);
            if (at < 0) {
                return false;
            }
            from = at + piece.length();
        }
        return true;
    }

    /** The same for SQL's {@code like}. */
    String like() {
        String text = String.join(Character.toString(ANY), pieces);
        StringBuilder pattern = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '%' || c == '_') {
                pattern.append('\\');
            }
            pattern.append(c == ANY ? '%' : c);
        }
        return pattern.toString();
    }
}
