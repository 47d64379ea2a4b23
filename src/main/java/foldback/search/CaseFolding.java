package foldback.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Letters without regard to their case, a character at a time as {@link String#equalsIgnoreCase} does it: the same on every machine,
 * whatever its language and that of the database.
 */
final class CaseFolding {
    /** The characters that fold to one, where there are several: {@code s} has {@code S} and {@code ſ}. */
    private static final Map<Integer, int[]> VARIANTS = variants();

    private CaseFolding() {}

    static String fold(String text) {
        int[] folded = text.codePoints().map(CaseFolding::fold).toArray();
        return new String(folded, 0, folded.length);
    }

    static int fold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }

    /** All characters that differ from this one in their case only, itself included. */
    static int[] variants(int codePoint) {
        int[] single = {codePoint};
        return VARIANTS.getOrDefault(fold(codePoint), single);
    }

    private static Map<Integer, int[]> variants() {
        Map<Integer, int[]> variants = new HashMap<>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            int folded = fold(c);
            if (folded != c) {
                int[] known = variants.getOrDefault(folded, new int[] {folded});
                int[] more = Arrays.copyOf(known, known.length + 1);
                more[known.length] = c;
                variants.put(folded, more);
            }
        }
        return Map.copyOf(variants);
    }
}
