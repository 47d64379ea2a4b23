package foldback.fold;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * Where the fields of one incident come from: for each the latest event that set it. Made of the incident's timeline, an entry after the
 * other, of which it keeps no more than an id a field.
 */
public final class Explanation {
    private final Map<Field, UUID> setBy = new EnumMap<>(Field.class);

    /** Takes the next entry of the timeline. */
    public void take(Timeline.Entry entry) {
        UUID id = entry.event().position().id();
        entry.set().forEach(field -> setBy.put(field, id));
    }

    /** The id of the event by field; fields that no event set, and which are therefore null, are missing. */
    public Map<Field, UUID> setBy() {
        return Collections.unmodifiableMap(setBy);
    }
}
