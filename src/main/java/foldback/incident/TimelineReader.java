package foldback.incident;

import foldback.fold.Event;
import foldback.fold.Explanation;
import foldback.fold.Fold;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.StreamState;
import foldback.fold.Timeline;
import foldback.incident.EventCursor.Received;
import foldback.ledger.AsOfFold;
import foldback.ledger.IncidentTable;
import foldback.listing.Portion;
import foldback.listing.Room;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one incident again, for what each did. A later page folds those before it once more, since what the fold knows by
 * then does not fit into a cursor.
 */
final class TimelineReader {
    private final TimelineEvents events;
    private final Incident incident;

    private TimelineReader(Connection connection, UUID streamId, Incident incident) {
        this.events = new TimelineEvents(connection, streamId);
        this.incident = incident;
    }

    static TimelineReader of(Connection connection, StoredIncident stored) throws SQLException {
        UUID streamId = stored.stream.streamId;
        Incident incident = IncidentTable.find(connection, streamId, stored.id);
        return new TimelineReader(connection, streamId, Objects.requireNonNull(incident, "read in the same snapshot"));
    }

    /** Takes one entry after the other, for as long as it says so. */
    @FunctionalInterface
    private interface Taking {
        boolean take(Timeline.Entry entry, Instant receivedAt);
    }

    /** The entries behind a place, as many as there is room for. */
    Portion<TimelineEntry> entries(@Nullable Position after, Room room) throws SQLException {
        List<TimelineEntry> entries = new ArrayList<>();
        AtomicLong weight = new AtomicLong();
        boolean whole = each((entry, receivedAt) -> {
            if (after != null && !entry.event().position().isAfter(after)) {
                return true;
            }
            if (entries.size() == room.rows() || weight.get() > room.bytes()) {
                return false;
            }
            TimelineEntry shown = TimelineEntry.of(entry, receivedAt);
            entries.add(shown);
            weight.addAndGet(shown.weight());
            return true;
        });
        return new Portion<>(entries, weight.get(), !whole);
    }

    /** Which event each of the incident's fields came from. All entries pass by; none is kept. */
    Explanation explanation() throws SQLException {
        Explanation explanation = new Explanation();
        each((entry, receivedAt) -> {
            explanation.take(entry);
            return true;
        });
        return explanation;
    }

    /** The same as it was by an instant: from all that the stream had recorded by then. */
    static Explanation explanation(Connection connection, AsOfFold.Stream stream, Incident incident, Instant asOf)
            throws SQLException {
        Explanation explanation = new Explanation();
        Timeline timeline = new Timeline(stream.fold(), StreamState.EMPTY);
        try (EventCursor events = new TimelineEvents(connection, stream.id()).recordedBy(asOf)) {
            for (Received next = events.take(); next != null; next = events.take()) {
                boolean its = belongs(next.event(), incident);
                if (its || next.event() instanceof Event.Moving) {
                    Timeline.Entry entry = timeline.next(next.event());
                    if (its) {
                        explanation.take(entry);
                    }
                }
            }
        }
        return explanation;
    }

    private static boolean belongs(Event event, Incident incident) {
        if (event instanceof Event.Operator operator && !(event instanceof Event.Moving)) {
            return incident.spans(operator.names());
        }
        return !event.position().isBefore(incident.first()) && !event.position().isAfter(incident.end());
    }

    /** @return whether all entries were wanted */
    private boolean each(Taking taking) throws SQLException {
        Fold fold = events.fold();
        Timeline timeline = new Timeline(fold, events.before(incident, fold));
        try (EventCursor signals = events.signals(incident);
                EventCursor people = events.operators(incident)) {
            for (Received next = earlier(signals, people); next != null; next = earlier(signals, people)) {
                if (!taking.take(timeline.next(next.event()), next.at())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The next of all that happened, in stream order. */
    private static @Nullable Received earlier(EventCursor signals, EventCursor people) throws SQLException {
        Received signal = signals.peek();
        Received operator = people.peek();
        boolean signalIsNext =
                signal != null && (operator == null || signal.position().isBefore(operator.position()));
        return signalIsNext ? signals.take() : people.take();
    }
}
