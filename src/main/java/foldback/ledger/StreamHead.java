package foldback.ledger;

import foldback.fold.Event;
import foldback.fold.Incident;
import foldback.fold.StreamState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stream's row of state, as it was read.
 *
 * @param version what a writer must find unchanged; 0 where there is no row yet
 * @param newestAt the latest {@code occurredAt} among its events; what occurred before it is late
 * @param greatestId the greatest id among its events
 * @param incidentId the latest incident; where the state holds none though this names one, the incidents were truncated
 * @param estimatedAt the latest receipt of a signal whose time was estimated
 */
record StreamHead(
        UUID streamId,
        long version,
        int foldVersion,
        Instant newestAt,
        UUID greatestId,
        StreamState state,
        @Nullable UUID incidentId,
        @Nullable Instant estimatedAt,
        Counts counts,
        int displayHash) {

    record Counts(long signals, long operators, long strays, long duplicates, long late, long incidents) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);
        static final Counts OPERATOR = new Counts(0, 1, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    signals + other.signals,
                    operators + other.operators,
                    strays + other.strays,
                    duplicates + other.duplicates,
                    late + other.late,
                    incidents + other.incidents);
        }
    }

    /** The head once another event with the greatest id is recorded. */
    StreamHead after(Event event, StreamState newState, Counts added) {
        Incident incident = newState.incident();
        return new StreamHead(
                streamId,
                version,
                foldVersion,
                event.occurredAt().isAfter(newestAt) ? event.occurredAt() : newestAt,
                event.position().id(),
                newState,
                incident == null ? null : incident.id(),
                estimatedAt,
                counts.plus(added),
                displayHash);
    }

    /** The head as the fold of the whole stream makes it; the log's own counts and ids stay. */
    StreamHead refolded(int newFoldVersion, StreamState newState, long strays, long incidents) {
        Incident incident = newState.incident();
        return new StreamHead(
                streamId,
                version,
                newFoldVersion,
                newestAt,
                greatestId,
                newState,
                incident == null ? null : incident.id(),
                estimatedAt,
                new Counts(counts.signals(), counts.operators(), strays, counts.duplicates(), counts.late(), incidents),
                displayHash);
    }

    /** With that as its latest incident, which lies in another table. */
    StreamHead with(@Nullable Incident incident) {
        StreamState whole = new StreamState(
                state.signal(), state.signalSince(), state.lastSignal(), state.noDataTransId(), incident);
        return new StreamHead(
                streamId,
                version,
                foldVersion,
                newestAt,
                greatestId,
                whole,
                incidentId,
                estimatedAt,
                counts,
                displayHash);
    }

    /** Whether its row would be the same; the latest incident itself lies in another table. */
    boolean sameRow(StreamHead other) {
        return bare().equals(other.bare());
    }

    /** Its row alone. */
    StreamHead bare() {
        return with(null);
    }

    /** Whether it was made only to be locked. */
    boolean untouched() {
        return counts.signals() + counts.operators() == 0;
    }

    /** Whether the incident that the head names is gone, so that its state must be folded from the log again. */
    boolean lostIncident() {
        return incidentId != null && state.incident() == null;
    }
}
