package foldback.ledger;

import foldback.database.Together;
import foldback.fold.Incident;
import foldback.fold.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The actions of one transaction, behind the locks of their streams. One that cannot be recorded leaves the others as they are. */
final class ActionBatch {
    private final Connection connection;
    private final FoldVersions versions;
    private final Instant now;
    private final Map<UUID, ActionOutcome> outcomes = new LinkedHashMap<>();

    ActionBatch(Connection connection, FoldVersions versions, Instant now) {
        this.connection = connection;
        this.versions = versions;
        this.now = now;
    }

    /** What becomes of each, by the incident that it names. */
    Map<UUID, ActionOutcome> record(List<Action> actions, @Nullable KeyClaim claim)
            throws SQLException, StreamHeads.HeadMoved {
        Map<UUID, Deque<Action>> byStream = new LinkedHashMap<>();
        for (Action action : actions) {
            byStream.computeIfAbsent(action.streamId(), id -> new ArrayDeque<>())
                    .add(action);
        }
        // One of each stream at a time: what it leaves is where the next one begins. The first round locks
        // all of the streams.
        while (!byStream.isEmpty()) {
            round(byStream.values().stream().map(Queue::remove).toList());
            byStream.values().removeIf(Queue::isEmpty);
        }
        IdempotencyKeys.record(connection, claim, recorded());
        return outcomes;
    }

    private List<UUID> recorded() {
        List<UUID> recorded = new ArrayList<>();
        outcomes.forEach((id, outcome) -> {
            if (outcome instanceof ActionOutcome.Done) {
                recorded.add(id);
            }
        });
        return recorded;
    }

    /** Behind the locks: what is read here cannot change any more. */
    private void round(List<Action> actions) throws SQLException, StreamHeads.HeadMoved {
        Map<UUID, UUID> named = new LinkedHashMap<>();
        actions.forEach(action -> named.put(action.streamId(), action.incidentId()));
        Together questions = new Together();
        Map<UUID, StreamHead> heads = StreamHeads.lock(questions, named.keySet());
        Map<UUID, Incident> incidents = IncidentTable.find(questions, named);
        Map<UUID, Position> positions = EventReader.positions(questions, named);
        questions.run(connection);
        List<OperatorStep> steps = new ArrayList<>();
        for (Action action : actions) {
            StreamHead head = Objects.requireNonNull(heads.get(action.streamId()), "a locked head");
            Incident incident = incidents.get(action.streamId());
            Position names = positions.get(action.streamId());
            if (incident == null || names == null) {
                outcomes.put(action.incidentId(), new ActionOutcome.NoSuchIncident());
                continue;
            }
            OperatorStep step = new OperatorStep(action, head, incident, names, now);
            ActionOutcome refused = step.refused(connection);
            outcomes.put(action.incidentId(), refused == null ? new ActionOutcome.Done(incident.id()) : refused);
            if (refused == null) {
                steps.add(step);
            }
        }
        write(steps);
    }

    private void write(List<OperatorStep> steps) throws SQLException, StreamHeads.HeadMoved {
        Together together = new Together();
        List<EventLog.Entry> entries = steps.stream().map(OperatorStep::entry).toList();
        EventLog.append(together, entries);
        NoteTable.write(together, entries);
        Map<UUID, Difference> differences = new LinkedHashMap<>();
        List<StreamHead> heads = new ArrayList<>();
        List<OperatorStep> late = new ArrayList<>();
        for (OperatorStep step : steps) {
            OperatorStep.Result result = step.inOrder(
                    versions.of(connection, step.head().foldVersion()).fold());
            if (result == null) {
                late.add(step);
            } else {
                differences.put(step.head().streamId(), result.difference());
                heads.add(result.head());
            }
        }
        write(together, heads, differences);
        for (OperatorStep step : late) {
            late(step);
        }
    }

    /** Folded again from the log, in which it has to be by now. */
    private void late(OperatorStep step) throws SQLException, StreamHeads.HeadMoved {
        StreamHead head = step.head();
        Replay replay = new Replay(
                connection,
                head.streamId(),
                versions.of(connection, head.foldVersion()).fold());
        OperatorStep.Result result = step.late(replay);
        write(new Together(), List.of(result.head()), Map.of(head.streamId(), result.difference()));
    }

    private void write(Together together, List<StreamHead> heads, Map<UUID, Difference> differences)
            throws SQLException, StreamHeads.HeadMoved {
        StreamHeads.write(together, heads);
        IncidentTable.write(together, differences);
        StreamHeads.refuseMoved(together.run(connection), heads);
    }
}
