package foldback.search;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts that words are looked for in, in folded case, a line each: no word reaches from one to the next. */
public final class Texts {
    /** In characters; whoever has more is looked at by every search. */
    public static final int MOST = 16_384;

    private static final Pattern SPECIAL = Pattern.compile("[\\\\%_]");

    private final Set<String> lines = new LinkedHashSet<>();
    private int length;

    public Texts text(@Nullable String text) {
        if (text != null && length <= MOST) {
            for (String line : CaseFolding.fold(text).split("\n", -1)) {
                length += lines.add(line) ? line.length() + 1 : 0;
            }
        }
        return this;
    }

    /** All of them; null where they are too long. */
    public @Nullable String joined() {
        return length > MOST ? null : String.join("\n", lines);
    }

    /** What SQL's {@code like} finds a word in them with. */
    public static String like(String word) {
        return "%" + SPECIAL.matcher(CaseFolding.fold(word)).replaceAll("\\\\$0") + "%";
    }
}
