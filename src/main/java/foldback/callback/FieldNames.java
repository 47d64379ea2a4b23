package foldback.callback;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the field that a name means; in a form, where names are many and ASCII, without making text of it first. */
final class FieldNames {
    private static final int SLOTS = 128;
    private static final int LONGEST = 32;
    private static final byte[][] SPELLINGS = new byte[SLOTS][];
    private static final FieldName[] NAMES = new FieldName[SLOTS];
    private static final Map<String, FieldName> BY_SPELLING = new HashMap<>();
    private static final Map<String, FieldName> BY_LOWER_CASE = new HashMap<>();

    static {
        for (FieldName name : FieldName.values()) {
            byte[] spelling = name.spelling().getBytes(StandardCharsets.US_ASCII);
            int slot = slot(spelling, 0, spelling.length);
            while (SPELLINGS[slot] != null) {
                slot = next(slot);
            }
            SPELLINGS[slot] = spelling;
            NAMES[slot] = name;
            BY_SPELLING.put(name.spelling(), name);
            BY_LOWER_CASE.put(name.spelling().toLowerCase(Locale.ROOT), name);
        }
    }

    private FieldNames() {}

    /** The field that is spelt exactly as the bytes from {@code start} to {@code end} are. */
    static @Nullable FieldName exactly(byte[] text, int start, int end) {
        if (end - start > LONGEST) {
            return null;
        }
        int slot = slot(text, start, end);
        byte[] spelling = SPELLINGS[slot];
        while (spelling != null && !Arrays.equals(spelling, 0, spelling.length, text, start, end)) {
            slot = next(slot);
            spelling = SPELLINGS[slot];
        }
        return NAMES[slot];
    }

    /** Most names are spelt as documented, and found without making another text of them. */
    static @Nullable FieldName ignoringCase(String name) {
        FieldName exact = BY_SPELLING.get(name);
        if (exact != null) {
            return exact;
        }
        return name.length() > LONGEST ? null : BY_LOWER_CASE.get(name.toLowerCase(Locale.ROOT));
    }

    private static int slot(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        return (hash ^ (hash >>> 7) ^ (hash >>> 14)) & (SLOTS - 1);
    }

    private static int next(int slot) {
        return (slot + 1) & (SLOTS - 1);
    }
}
