package foldback.fold;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people did about an incident, apart from resolving it: folded from the operator events that name one of its events, in stream
 * order. The earliest acknowledgement that no later unacknowledgement has taken back counts.
 */
public record Attention(
        @Nullable Instant acknowledgedAt, @Nullable String acknowledgedBy, int noteCount) {
    public static final Attention NONE = new Attention(null, null, 0);

    public Attention after(Event.Operator event) {
        if (event instanceof Event.Acknowledged && acknowledgedAt == null) {
            return new Attention(event.occurredAt(), event.by(), noteCount);
        }
        if (event instanceof Event.Unacknowledged) {
            return new Attention(null, null, noteCount);
        }
        return event instanceof Event.Noted ? new Attention(acknowledgedAt, acknowledgedBy, noteCount + 1) : this;
    }

    /** What the event did, given what it left. A second acknowledgement did nothing. */
    Effect effect(Event.Operator event, Attention after) {
        if (equals(after)) {
            return Effect.NONE;
        }
        if (event instanceof Event.Noted) {
            return Effect.NOTED;
        }
        return event instanceof Event.Acknowledged ? Effect.ACKNOWLEDGED : Effect.UNACKNOWLEDGED;
    }

    static Set<Field> sets(Effect effect) {
        return switch (effect) {
            case ACKNOWLEDGED, UNACKNOWLEDGED ->
                EnumSet.of(Field.ACKNOWLEDGED_AT, Field.ACKNOWLEDGED_BY, Field.TIME_TO_ACKNOWLEDGE_SECONDS);
            case NOTED -> EnumSet.of(Field.NOTE_COUNT);
            case OPENED, COUNTED, LEVEL, UNOBSERVED, RESOLVED, REOPENED, NONE -> EnumSet.noneOf(Field.class);
        };
    }
}
