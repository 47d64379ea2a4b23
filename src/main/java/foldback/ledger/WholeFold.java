package foldback.ledger;

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

/** Folds all of a stream's log for a batch that found its latest incident lost, and compares the incidents with those that are stored. */
final class WholeFold {
    private static final int READ = 2048;

    private WholeFold() {}

    /**
     * @param arrivals the events whose steps are wanted
     * @param counts what the stream counted before, for the difference in counts
     */
    static Replay.Result of(
            Connection connection, UUID streamId, Fold fold, Set<UUID> arrivals, StreamHead.Counts counts)
            throws SQLException {
        List<Event.Operator> operators = OperatorReader.of(connection, streamId);
        List<Incident> renewed = new ArrayList<>();
        StreamFold whole = new StreamFold(fold, operators, renewed::add);
        Map<UUID, Step> steps = fold(connection, streamId, whole, arrivals);
        StreamState state = whole.end();
        Difference difference = Difference.between(IncidentTable.ofStream(connection, streamId), renewed);
        return new Replay.Result(
                state, steps, difference, whole.strays() - counts.strays(), whole.incidents() - counts.incidents());
    }

    private static Map<UUID, Step> fold(Connection connection, UUID streamId, StreamFold whole, Set<UUID> arrivals)
            throws SQLException {
        Map<UUID, Step> steps = new HashMap<>();
        Position place = null;
        do {
            place = EventReader.moving(connection, streamId, place, READ, event -> {
                Step step = whole.take(event);
                UUID id = event.position().id();
                if (arrivals.contains(id)) {
                    steps.put(id, step);
                }
                return true;
            });
        } while (place != null);
        return steps;
    }
}
