package foldback.fold;

import java.time.Instant;
import java.util.UUID;

/**
 * The place of an event in its stream: by the time it occurred, then by its id. Ids of one stream grow in the order of recording, so
 * events that occurred at the same instant keep that order.
 */
public record Position(Instant occurredAt, UUID id) implements Comparable<Position> {

    @Override
    public int compareTo(Position other) {
        int byTime = occurredAt.compareTo(other.occurredAt);
        return byTime != 0 ? byTime : EventIds.compare(id, other.id);
    }

    public boolean isBefore(Position other) {
        return compareTo(other) < 0;
    }

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }
}
