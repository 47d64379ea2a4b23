package foldback.fold;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one event did.
 *
 * @param before the stream's state before it
 * @param after the stream's state after it
 * @param set the fields of the incident that it set, also to the value that they had
 */
public record Step(Event.Moving event, StreamState before, StreamState after, Effect effect, Set<Field> set) {

    /** The incident that it acted on, null where it acted on none. */
    public @Nullable Incident incident() {
        return effect == Effect.NONE ? null : after.incident();
    }

    /** Whether this event made an incident that was not there before. */
    public boolean makesIncident() {
        Incident made = incident();
        Incident known = before.incident();
        return made != null && (known == null || !made.first().equals(known.first()));
    }

    /** An OK that ended nothing. */
    public boolean stray() {
        return effect == Effect.NONE && event instanceof Event.Signalled signalled && signalled.signal() == Signal.OK;
    }
}
