package foldback.ledger;

import foldback.fold.Attachment;
import foldback.fold.Event;
import foldback.fold.Fold;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.Refold;
import foldback.fold.Step;
import foldback.fold.StreamState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds a stretch of a stream again whose log holds events that came late: from the last place before them at which nothing was open,
 * until the fold meets what it was.
 */
final class Replay {
    private static final int FIRST_READ = 32;
    private static final int LARGEST_READ = 2048;

    /**
     * @param state the stream's new state; null where the fold met its former self, so that the state is as it was
     * @param steps what each arrival did
     * @param strays how many more strays there are
     * @param incidents how many more incidents there are
     */
    record Result(
            @Nullable StreamState state, Map<UUID, Step> steps, Difference difference, long strays, long incidents) {}

    private final Connection connection;
    private final UUID streamId;
    private final Fold fold;

    Replay(Connection connection, UUID streamId, Fold fold) {
        this.connection = connection;
        this.streamId = streamId;
        this.fold = fold;
    }

    /**
     * @param earliest the earliest arrival; the arrivals are in the log already
     * @param people whether anybody ever acted on the stream
     */
    Result arrived(Position earliest, Set<UUID> arrivals, boolean people) throws SQLException {
        Incident previous = previous(earliest);
        StreamState start = previous == null ? StreamState.EMPTY : StreamState.after(previous);
        Refold refold = new Refold(fold, start, arrivals);
        read(refold, previous == null ? null : previous.end());
        List<Event.Operator> operators = people ? OperatorReader.of(connection, streamId) : List.of();
        List<Event.Operator> formerOperators = operators.stream()
                .filter(event -> !arrivals.contains(event.position().id()))
                .toList();
        List<Incident> former = Attachment.attach(refold.former(), formerOperators);
        List<Incident> renewed = Attachment.attach(refold.renewed(), operators);
        return result(refold, arrivals, former, renewed);
    }

    /** The latest incident that was over before the place; the fold can start behind it. */
    private @Nullable Incident previous(Position place) throws SQLException {
        for (Incident incident : IncidentTable.before(connection, streamId, place)) {
            if (!incident.open() && incident.end().isBefore(place)) {
                return incident;
            }
        }
        return null;
    }

    /** A few first: most late events are met again soon. */
    private void read(Refold refold, @Nullable Position after) throws SQLException {
        Position place = after;
        int limit = FIRST_READ;
        do {
            place = EventReader.moving(connection, streamId, place, limit, refold::take);
            limit = Math.min(limit * 4, LARGEST_READ);
        } while (place != null);
    }

    private static Result result(Refold refold, Set<UUID> arrivals, List<Incident> former, List<Incident> renewed) {
        Map<UUID, Step> steps = new HashMap<>();
        for (UUID arrival : arrivals) {
            Step step = refold.step(arrival);
            if (step != null) {
                steps.put(arrival, step);
            }
        }
        StreamState state = refold.met() ? null : attached(refold.state(), renewed);
        Difference difference = Difference.between(former, renewed);
        return new Result(state, steps, difference, refold.straysAdded(), refold.incidentsAdded());
    }

    /** The state with its incident as people left it. */
    private static StreamState attached(StreamState state, List<Incident> renewed) {
        return state.incident() == null ? state : state.with(renewed.get(renewed.size() - 1));
    }
}
