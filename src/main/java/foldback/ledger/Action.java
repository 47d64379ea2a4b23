package foldback.ledger;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a person does to an incident.
 *
 * @param at when it was resolved, of {@link Kind#RESOLVE} only; null: now
 * @param remoteAddress the client that the person used
 * @param expected which {@link IncidentVersion}s it may have, where the person said so; null: any
 */
public record Action(
        UUID streamId,
        UUID incidentId,
        Kind kind,
        String by,
        @Nullable String note,
        @Nullable Instant at,
        @Nullable String remoteAddress,
        @Nullable Predicate<String> expected) {

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
