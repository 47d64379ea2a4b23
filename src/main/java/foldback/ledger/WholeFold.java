package foldback.ledger;

import foldback.fold.Attachment;
import foldback.fold.Event;
import foldback.fold.Fold;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.Step;
import foldback.fold.StreamState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Folds all of a stream's log, from its first event on, and compares the incidents with those that are stored. */
final class WholeFold {
    private static final int READ = 2048;

    private final Fold fold;
    private final Map<UUID, Step> steps = new HashMap<>();
    private final List<Incident> incidents = new ArrayList<>();
    private StreamState state = StreamState.EMPTY;
    private long strays;
    private long signals;

    private WholeFold(Fold fold) {
        this.fold = fold;
    }

    /**
     * @param arrivals the events whose steps are wanted
     * @param counts what the stream counted before, for the difference in counts
     */
    static Replay.Result of(
            Connection connection, UUID streamId, Fold fold, Set<UUID> arrivals, StreamHead.Counts counts)
            throws SQLException {
        WholeFold whole = new WholeFold(fold);
        whole.read(connection, streamId, arrivals);
        List<Event.Operator> operators = EventReader.operators(connection, streamId);
        List<Incident> renewed = Attachment.attach(whole.incidents, operators);
        StreamState state = renewed.isEmpty() ? whole.state : whole.state.with(renewed.get(renewed.size() - 1));
        Difference difference = Difference.between(IncidentTable.ofStream(connection, streamId), renewed);
        return new Replay.Result(
                state,
                whole.steps,
                difference,
                whole.strays - counts.strays(),
                renewed.size() - counts.incidents(),
                whole.signals + operators.size());
    }

    private void read(Connection connection, UUID streamId, Set<UUID> arrivals) throws SQLException {
        Position place = null;
        List<Event.Moving> events;
        do {
            events = EventReader.moving(connection, streamId, place, READ);
            for (Event.Moving event : events) {
                take(event, arrivals);
                place = event.position();
            }
        } while (events.size() == READ);
    }

    private void take(Event.Moving event, Set<UUID> arrivals) {
        Step step = fold.step(state, event);
        state = step.after();
        if (arrivals.contains(event.position().id())) {
            steps.put(event.position().id(), step);
        }
        strays += step.stray() ? 1 : 0;
        signals += event instanceof Event.Signalled ? 1 : 0;
        Incident incident = step.incident();
        if (incident == null) {
            return;
        }
        if (!step.makesIncident()) {
            incidents.remove(incidents.size() - 1);
        }
        incidents.add(incident);
    }
}
