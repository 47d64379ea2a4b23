package foldback.fold;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a stream's events so far amount to: all that the fold needs to take the next one.
 *
 * @param signal the last signal, null before the first
 * @param signalSince since when it has been that
 * @param lastSignal the place of the last signal
 * @param noDataTransId the transId of the latest INSUFFICIENT_DATA: its time says when the data stopped, not when an alert began
 * @param incident the latest incident, open or resolved; an earlier one is never touched again by an event in order
 */
public record StreamState(
        @Nullable Signal signal,
        @Nullable Instant signalSince,
        @Nullable Position lastSignal,
        @Nullable String noDataTransId,
        @Nullable Incident incident) {
    public static final StreamState EMPTY = new StreamState(null, null, null, null, null);

    /** The state right after an incident was resolved, before anything else happened. */
    public static StreamState after(Incident resolved) {
        Incident.Resolution resolution = resolved.resolution();
        if (resolution == null) {
            throw new IllegalArgumentException(
                    "incident " + resolved.id() + " is open, so the fold cannot start behind it");
        }
        Incident.Checkpoint checkpoint = resolution.checkpoint();
        return new StreamState(
                resolved.signal(), checkpoint.signalSince(), resolved.last(), checkpoint.noDataTransId(), resolved);
    }

    public @Nullable Incident openIncident() {
        return incident != null && incident.open() ? incident : null;
    }

    /** When the latest incident ended, by signal or by hand; null where none has. */
    @Nullable
    Instant lastResolution() {
        return incident == null ? null : incident.resolvedAt();
    }

    public StreamState with(Incident newIncident) {
        return new StreamState(signal, signalSince, lastSignal, noDataTransId, newIncident);
    }

    /** The stream's own memory of a signal, whatever it does to an incident. */
    StreamState remember(Event.Signalled event) {
        boolean same = event.signal() == signal;
        return new StreamState(
                event.signal(),
                same ? signalSince : event.occurredAt(),
                event.position(),
                event.signal() == Signal.INSUFFICIENT_DATA ? event.said().transId() : noDataTransId,
                incident);
    }
}
