package foldback.ledger;

import foldback.fold.Event;
import foldback.fold.EventIds;
import foldback.fold.Fold;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.Step;
import foldback.fold.StreamState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One action on a stream that is locked: whether it can be, the event that it is, and what that makes of the stream. */
final class OperatorStep {
    /** What is to be written. */
    record Result(StreamHead head, Difference difference) {}

    private final Action action;
    private final StreamHead head;
    private final Incident incident;
    private final Instant now;
    private final Event.Operator event;

    /** @param names the place of the event by which the action names the incident */
    OperatorStep(Action action, StreamHead head, Incident incident, Position names, Instant now) {
        this.action = action;
        this.head = head;
        this.incident = incident;
        this.now = now;
        Instant clock = now.isBefore(head.newestAt()) ? head.newestAt() : now;
        UUID id = EventIds.after(
                head.greatestId(), now, ThreadLocalRandom.current().nextLong());
        this.event = event(action, new Position(action.at() == null ? clock : action.at(), id), names);
    }

    StreamHead head() {
        return head;
    }

    /** Why it cannot be; null where it can. */
    @Nullable
    ActionOutcome refused(Connection connection) throws SQLException {
        if (action.expected() != null
                && !action.expected().test(IncidentVersion.of(connection, action.streamId(), incident.id()))) {
            return new ActionOutcome.Changed(incident.id());
        }
        if (action.kind() == Action.Kind.RESOLVE && !incident.open()) {
            return new ActionOutcome.AlreadyResolved(incident.id());
        }
        String objection = action.at() == null ? null : objection(connection, action.at());
        return objection == null ? null : new ActionOutcome.AtOutOfRange(objection);
    }

    private @Nullable String objection(Connection connection, Instant at) throws SQLException {
        if (at.isAfter(now)) {
            return at + " lies in the future; it is " + now;
        }
        Instant lastAlert = EventReader.lastAlertAt(connection, action.streamId());
        boolean early = lastAlert != null && at.isBefore(lastAlert);
        return early ? at + " lies before the last ALERT, of " + lastAlert : null;
    }

    EventLog.Entry entry() {
        return new EventLog.Entry(action.streamId(), event, now, null, 0, action.remoteAddress(), null, null, null);
    }

    /** What it makes of the stream; null where it is a resolution as of earlier than the newest event, no data say. */
    @Nullable
    Result inOrder(Fold fold) {
        if (!(event instanceof Event.Resolved resolved)) {
            Incident attended = incident.with(incident.attention().after(event));
            boolean latest = attended.id().equals(head.incidentId());
            return result(latest ? head.state().with(attended) : head.state(), attended);
        }
        if (event.occurredAt().isBefore(head.newestAt())) {
            return null;
        }
        Step step = fold.step(head.state(), resolved);
        return result(step.after(), Objects.requireNonNull(step.incident(), "an open incident is resolved"));
    }

    private Result result(StreamState state, Incident changed) {
        return new Result(
                head.after(event, state, StreamHead.Counts.OPERATOR),
                Difference.between(List.of(incident), List.of(changed)));
    }

    /** The same, folded again from there. */
    Result late(Replay replay) throws SQLException {
        Replay.Result result =
                replay.arrived(event.position(), Set.of(event.position().id()), true);
        StreamState state = result.state() == null ? head.state() : result.state();
        StreamHead.Counts counts = new StreamHead.Counts(0, 1, result.strays(), 0, 0, result.incidents());
        return new Result(head.after(event, state, counts), result.difference());
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
}
