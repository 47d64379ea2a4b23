package foldback.incident;

import foldback.fold.Fold;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.Timeline;
import foldback.incident.TimelineEvents.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one incident again, for what each did. A later page folds those before it once more, since what the fold knows by
 * then does not fit into a cursor.
 */
final class TimelineReader {
    private static final int CHUNK = 1000;

    private final TimelineEvents events;
    private final Incident incident;

    TimelineReader(Connection connection, UUID streamId, Incident incident) {
        this.events = new TimelineEvents(connection, streamId);
        this.incident = incident;
    }

    /** The entries behind a place, at most as many as are wanted. */
    List<TimelineEntry> entries(@Nullable Position after, int wanted) throws SQLException {
        Fold fold = events.fold();
        Timeline timeline = new Timeline(fold, events.before(incident, fold));
        List<Received> operators = events.operators(incident);
        List<TimelineEntry> entries = new ArrayList<>();
        Position place = null;
        while (entries.size() < wanted) {
            List<Received> chunk = chunk(operators, place);
            for (Received next : chunk) {
                TimelineEntry entry = TimelineEntry.of(timeline.next(next.event()), next.at());
                if (entries.size() < wanted && (after == null || next.position().isAfter(after))) {
                    entries.add(entry);
                }
            }
            if (chunk.size() < CHUNK) {
                return entries;
            }
            place = chunk.get(chunk.size() - 1).position();
        }
        return entries;
    }

    /** The next of all that happened, in stream order. */
    private List<Received> chunk(List<Received> operators, @Nullable Position place) throws SQLException {
        Stream<Received> people = operators.stream()
                .filter(event -> place == null || event.position().isAfter(place));
        return Stream.concat(events.signals(incident, place, CHUNK).stream(), people)
                .sorted(Comparator.comparing(Received::position))
                .limit(CHUNK)
                .toList();
    }
}
