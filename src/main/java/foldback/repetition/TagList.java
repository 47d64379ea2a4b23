package foldback.repetition;

import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags of an {@code If-Match} or {@code If-None-Match} (RFC 9110, section 13.1): {@code "a", W/"b"}, or {@code *} for any. A tag may hold
 * commas.
 *
 * @param any whether it is {@code *}
 */
record TagList(boolean any, List<EntityTag> tags) {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
    private static final Pattern BETWEEN = Pattern.compile("[ \\t]*(,[ \\t]*)*");
    private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*,[ \\t]*(,[ \\t]*)*|[ \\t]*$");

    /** @param lines the header, as often as it was sent */
    static TagList parse(String header, List<String> lines) {
        String text = String.join(",", lines).strip();
        return text.equals("*") ? new TagList(true, List.of()) : new TagList(false, tags(header, text));
    }

    private static List<EntityTag> tags(String header, String text) {
        List<EntityTag> tags = new ArrayList<>();
        int at = end(BETWEEN, text, 0);
        while (at < text.length()) {
            Matcher tag = TAG.matcher(text).region(at, text.length());
            if (!tag.lookingAt()) {
                throw refused(header);
            }
            tags.add(new EntityTag(tag.group(1) != null, tag.group(2)));
            at = end(SEPARATOR, text, tag.end());
            if (at < 0) {
                throw refused(header);
            }
        }
        if (tags.isEmpty()) {
            throw refused(header);
        }
        return tags;
    }

    /** Where the pattern ends that begins at the place; -1 where it does not. */
    private static int end(Pattern pattern, String text, int at) {
        Matcher found = pattern.matcher(text).region(at, text.length());
        return found.lookingAt() ? found.end() : -1;
    }

    private static ProblemException refused(String header) {
        String message = "should be * or a list of tags such as \"x7Jd\", in their quotes";
        return Refusal.INVALID_HEADER
                .because("The header " + header + " " + message + ".")
                .blaming(header, message);
    }

    /** Whether one of them is the same, both being strong. */
    boolean matchesStrongly(EntityTag current) {
        return any || (!current.weak() && tags.contains(current));
    }

    /** Whether one of them is the same, weak or not. */
    boolean matchesWeakly(EntityTag current) {
        return any || tags.stream().anyMatch(tag -> tag.opaque().equals(current.opaque()));
    }
}
