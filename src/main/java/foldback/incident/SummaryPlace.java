package foldback.incident;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a summary ends, but for the hash of the last group's name.
 *
 * @param rank of its worst level; 0 where there is none
 * @param open how many of its incidents are open
 * @param head the first letters of its name
 */
record SummaryPlace(int rank, long open, String head) {
    private static final Pattern FORM = Pattern.compile("([0-3])\\.(\\d{1,18})\\.([\\w-]*)");

    /** As the key of a cursor. */
    String text() {
        byte[] letters = head.getBytes(StandardCharsets.UTF_8);
        return rank + "." + open + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(letters);
    }

    static boolean isReadable(@Nullable String text) {
        return text != null && FORM.matcher(text).matches() && read(text).head.indexOf('\0') < 0;
    }

    /** Reads what {@link #text} gave. */
    static SummaryPlace read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no place in a summary: " + text);
        }
        String head = new String(Base64.getUrlDecoder().decode(parts.group(3)), StandardCharsets.UTF_8);
        return new SummaryPlace(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)), head);
    }
}
