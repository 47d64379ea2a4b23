package foldback.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person does to an incident.
 *
 * @param at when it was resolved, of {@link Kind#RESOLVE} only; null: now
 * @param remoteAddress the client that the person used
 */
public record Action(
        UUID streamId,
        UUID incidentId,
        Kind kind,
        String by,
        @Nullable String note,
        @Nullable Instant at,
        @Nullable String remoteAddress) {

    public enum Kind {
        ACKNOWLEDGE,
        UNACKNOWLEDGE,
        RESOLVE,
        NOTE
    }

    public Action {
        if (kind == Kind.NOTE && (note == null || note.isBlank())) {
            throw new IllegalArgumentException("a note says something, on incident " + incidentId);
        }
    }
}
