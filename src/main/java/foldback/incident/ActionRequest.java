package foldback.incident;

import foldback.ledger.Action;
import foldback.listing.Instants;
import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import java.time.Instant;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The body of an action: {@code {"note": "Restarted the pool", "by": "alice"}}. All of it is optional but the text of a note.
 *
 * @param note what there is to say
 * @param by who says it, where several people share one API key
 * @param at when it was resolved, of {@code /resolve} only
 */
record ActionRequest(
        @Nullable String note,
        @Nullable String by,
        @Nullable String at) {
    static final ActionRequest EMPTY = new ActionRequest(null, null, null);

    private static final int MAX_NOTE = 10_000;
    private static final int MAX_BY = 200;

    ActionRequest {
        note = note == null || note.isBlank() ? null : note;
        by = by == null || by.isBlank() ? null : by.strip();
    }

    /** Refuses what cannot be kept, and what this kind of action does not take. */
    void check(Action.Kind kind) {
        if (kind == Action.Kind.NOTE && note == null) {
            throw refused("note", "should say something");
        }
        if (at != null && kind != Action.Kind.RESOLVE) {
            throw refused("at", "belongs to /resolve only");
        }
        check("note", note, MAX_NOTE, c -> c == '\0' || isLoneSurrogate(c));
        check("by", by, MAX_BY, c -> Character.isISOControl(c) || isLoneSurrogate(c));
    }

    @Nullable
    Instant instant() {
        return at == null ? null : Instants.read(at).orElseThrow(() -> refused("at", Instants.EXPECTED));
    }

    private static void check(String field, @Nullable String text, int longest, IntPredicate unfit) {
        if (text == null) {
            return;
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw refused(field, "should have at most " + longest + " characters");
        }
        if (text.codePoints().anyMatch(unfit)) {
            throw refused(field, "should not hold characters that are no text");
        }
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    static ProblemException refused(String field, String message) {
        return Refusal.INVALID_BODY
                .because("The field " + field + " of the body " + message + ".")
                .blaming(field, message);
    }
}
