package foldback.incident;

import foldback.fold.EventIds;
import foldback.fold.Level;
import foldback.listing.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list among rows in memory, the same as the database's: by the key, then by the id; what has no key comes last either way.
 */
record InOrder(Sort sort, Instant asked) implements Comparator<InOrder.Place> {

    /** @param key as a number that grows as the key does */
    record Place(@Nullable Long key, UUID id) {}

    Place of(StoredIncident incident) {
        return place(sort.key(incident, asked), incident.id);
    }

    Place of(Cursor cursor) {
        return place(cursor.key(), cursor.id());
    }

    private Place place(@Nullable String key, UUID id) {
        return new Place(key == null ? null : number(key), id);
    }

    private long number(String key) {
        return switch (sort.by()) {
            case OPENED_AT, RESOLVED_AT, LAST_SIGNAL_AT -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(key));
            case DURATION -> Duration.parse(key).dividedBy(ChronoUnit.MICROS.getDuration());
            case LEVEL, PEAK_LEVEL -> rank(Level.valueOf(key));
        };
    }

    private static long rank(Level level) {
        return switch (level) {
            case INFO -> 0;
            case WARN -> 1;
            case CRITICAL -> 2;
        };
    }

    @Override
    public int compare(Place a, Place b) {
        if (a.key == null || b.key == null) {
            return a.key != null ? -1 : b.key != null ? 1 : directed(EventIds.compare(a.id, b.id));
        }
        int byKey = a.key.compareTo(b.key);
        return directed(byKey != 0 ? byKey : EventIds.compare(a.id, b.id));
    }

    private int directed(int ascending) {
        return sort.descending() ? -ascending : ascending;
    }
}
