package foldback.ledger;

import foldback.fold.Event;
import foldback.fold.EventIds;
import foldback.fold.Fold;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.Step;
import foldback.fold.StreamState;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records what people do: an operator event a call, in a transaction of its own, folded like any other event. */
@Singleton
public final class Actions {
    private static final Logger LOG = Logger.getLogger(Actions.class);

    private final Recording recording;
    private final FoldVersions versions;

    public Actions(Recording recording, FoldVersions versions) {
        this.recording = recording;
        this.versions = versions;
    }

    public ActionOutcome act(Action action) {
        try {
            return recording.inTransaction((connection, locking) -> act(connection, action));
        } catch (SQLException e) {
            LOG.warnf("%s of incident %s was not recorded: %s", action.kind(), action.incidentId(), e.getMessage());
            return new ActionOutcome.Unavailable("the database is not available", Duration.ofSeconds(2));
        }
    }

    private ActionOutcome act(Connection connection, Action action) throws SQLException, StreamHeads.HeadMoved {
        Incident incident = IncidentTable.find(connection, action.streamId(), action.incidentId());
        if (incident == null) {
            return new ActionOutcome.NoSuchIncident();
        }
        StreamHead head = Objects.requireNonNull(
                StreamHeads.lock(connection, List.of(action.streamId())).get(action.streamId()), "a locked head");
        // Read again: only what is read behind the lock cannot change any more.
        incident = IncidentTable.find(connection, action.streamId(), action.incidentId());
        Position names = EventReader.position(connection, action.streamId(), action.incidentId());
        if (incident == null || names == null) {
            return new ActionOutcome.NoSuchIncident();
        }
        if (action.kind() == Action.Kind.RESOLVE && !incident.open()) {
            return new ActionOutcome.AlreadyResolved(incident.id());
        }
        Instant now = recording.now();
        Instant clock = now.isBefore(head.newestAt()) ? head.newestAt() : now;
        Instant at = action.at() == null ? clock : action.at();
        String objection = action.at() == null ? null : objection(connection, action.streamId(), at, now);
        if (objection != null) {
            return new ActionOutcome.AtOutOfRange(objection);
        }
        UUID id = EventIds.after(
                head.greatestId(), now, ThreadLocalRandom.current().nextLong());
        Event.Operator event = event(action, new Position(at, id), names);
        EventLog.append(
                connection,
                List.of(new EventLog.Entry(
                        action.streamId(), event, now, null, 0, action.remoteAddress(), null, null, null)));
        return apply(connection, head, incident, event);
    }

    private static @Nullable String objection(Connection connection, UUID streamId, Instant at, Instant now)
            throws SQLException {
        if (at.isAfter(now)) {
            return at + " lies in the future; it is " + now;
        }
        Instant lastAlert = EventReader.lastAlertAt(connection, streamId);
        boolean early = lastAlert != null && at.isBefore(lastAlert);
        return early ? at + " lies before the last ALERT, of " + lastAlert : null;
    }

    private static Event.Operator event(Action action, Position position, Position names) {
        String type =
                switch (action.kind()) {
                    case ACKNOWLEDGE -> "acknowledged";
                    case UNACKNOWLEDGE -> "unacknowledged";
                    case RESOLVE -> "resolved";
                    case NOTE -> "noted";
                };
        return EventTypes.operator(type, position, names, action.by(), action.note());
    }

    private ActionOutcome apply(Connection connection, StreamHead head, Incident incident, Event.Operator event)
            throws SQLException, StreamHeads.HeadMoved {
        UUID streamId = head.streamId();
        if (!(event instanceof Event.Resolved resolved)) {
            Incident attended = incident.with(incident.attention().after(event));
            IncidentTable.write(connection, List.of(), List.of(new IncidentRow(streamId, attended)));
            boolean latest = attended.id().equals(head.incidentId());
            StreamState state = latest ? head.state().with(attended) : head.state();
            StreamHeads.write(connection, List.of(head.after(event, state, StreamHead.Counts.OPERATOR)));
            return new ActionOutcome.Done(attended.id());
        }
        Fold fold = versions.of(connection, head.foldVersion()).fold();
        if (!event.occurredAt().isBefore(head.newestAt())) {
            Step step = fold.step(head.state(), resolved);
            Incident ended = Objects.requireNonNull(step.incident(), "an open incident is resolved");
            IncidentTable.write(connection, List.of(), List.of(new IncidentRow(streamId, ended)));
            StreamHeads.write(connection, List.of(head.after(event, step.after(), StreamHead.Counts.OPERATOR)));
            return new ActionOutcome.Done(ended.id());
        }
        return late(connection, head, new Replay(connection, streamId, fold), incident, event);
    }

    /** Resolved as of an earlier time than the newest event, no data say: folded again from there. */
    private static ActionOutcome late(
            Connection connection, StreamHead head, Replay replay, Incident incident, Event.Operator event)
            throws SQLException, StreamHeads.HeadMoved {
        Replay.Result result =
                replay.arrived(event.position(), Set.of(event.position().id()), true);
        IncidentTable.write(connection, head.streamId(), result.difference());
        StreamState state = result.state() == null ? head.state() : result.state();
        StreamHead.Counts counts = new StreamHead.Counts(0, 1, result.strays(), 0, 0, result.incidents());
        StreamHeads.write(connection, List.of(head.after(event, state, counts)));
        return new ActionOutcome.Done(incident.id());
    }
}
