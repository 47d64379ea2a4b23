package foldback.incident;

import foldback.ledger.Action;
import foldback.problem.ReadableParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of an action on many incidents: {@code {"ids": ["0198c0de-…", …], "note": "Known, see INC-7"}}.
 *
 * @param ids up to 1000 ids of incidents, or of their ALERTs and OKs
 * @param note what there is to say, of each
 * @param by who says it, where several people share one API key
 * @param at when they were resolved, of {@code /resolve} only
 */
record BulkRequest(
        @Nullable List<@Nullable String> ids,
        @Nullable String note,
        @Nullable String by,
        @Nullable String at) {
    private static final int MOST = 1000;

    /** Refuses what cannot be read, and tells what is wanted of each. */
    ActionRequest each(Action.Kind kind) {
        ActionRequest each = new ActionRequest(note, by, at);
        each.check(kind);
        return each;
    }

    /** An id as it is written, and what that says. */
    record Target(String text, UUID id) {}

    /** What is named, in order. */
    List<Target> targets() {
        if (ids == null || ids.isEmpty()) {
            throw ActionRequest.refused("ids", "should name one incident or more");
        }
        if (ids.size() > MOST) {
            throw ActionRequest.refused("ids", "should name " + MOST + " incidents at most");
        }
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String field = "ids[" + i + "]";
            String text = ids.get(i);
            UUID id = text == null ? null : ReadableParameters.id(text).orElse(null);
            if (text == null || id == null) {
                throw ActionRequest.refused(field, "should be " + ReadableParameters.ID);
            }
            targets.add(new Target(text, id));
        }
        return targets;
    }
}
