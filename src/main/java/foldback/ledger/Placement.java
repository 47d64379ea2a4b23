package foldback.ledger;

import foldback.fold.Position;
import java.util.UUID;

/**
 * Where a signal of a batch ended up: as a new event, or at the event that it repeats.
 *
 * @param origin the callback that brought the event
 */
record Placement(Arrival arrival, StreamBatch stream, Position position, UUID origin, Kind kind) {
    enum Kind {
        NEW,
        /** Delivered before, by another callback or earlier in this batch. */
        REPEATED,
        /** Recorded by this very callback in a transaction whose outcome was not known. */
        OWN
    }

    boolean isNew() {
        return kind == Kind.NEW;
    }
}
