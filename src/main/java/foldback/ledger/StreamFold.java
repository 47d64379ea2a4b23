package foldback.ledger;

import foldback.fold.Attachment;
import foldback.fold.Event;
import foldback.fold.Fold;
import foldback.fold.Incident;
import foldback.fold.Step;
import foldback.fold.StreamState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Folds one stream from its first event on, and hands over each incident, with what people did about it, once no event to come can change
 * it: when the next one begins, and at the end. So it holds one incident at a time, however many the stream has.
 */
final class StreamFold {
    /** Where the incidents go, in the order of their first signals. */
    @FunctionalInterface
    interface Target {
        void take(Incident incident) throws SQLException;
    }

    private final Fold fold;
    private final Target target;
    /** By the event that they name: incidents follow each other and do not overlap, so each is asked for once. */
    private final List<Event.Operator> operators;

    private int attached;
    private StreamState state = StreamState.EMPTY;
    private long signals;
    private long strays;
    private long incidents;

    /** @param operators all that people did on the stream, in stream order */
    StreamFold(Fold fold, List<Event.Operator> operators, Target target) {
        this.fold = fold;
        this.target = target;
        this.operators = new ArrayList<>(operators);
        this.operators.sort(Comparator.comparing(Event.Operator::names));
    }

    /** Takes the next event in stream order. */
    Step take(Event.Moving event) throws SQLException {
        Step step = fold.step(state, event);
        Incident former = state.incident();
        if (former != null && step.makesIncident()) {
            finish(former);
        }
        state = step.after();
        signals += event instanceof Event.Signalled ? 1 : 0;
        strays += step.stray() ? 1 : 0;
        return step;
    }

    /** The stream's state behind its last event. */
    StreamState end() throws SQLException {
        Incident latest = state.incident();
        if (latest != null) {
            state = state.with(finish(latest));
        }
        return state;
    }

    private Incident finish(Incident incident) throws SQLException {
        Incident finished = attached(incident);
        incidents++;
        target.take(finished);
        return finished;
    }

    private Incident attached(Incident incident) {
        List<Event.Operator> its = new ArrayList<>();
        while (attached < operators.size() && !operators.get(attached).names().isAfter(incident.last())) {
            its.add(operators.get(attached++));
        }
        if (its.isEmpty()) {
            return incident;
        }
        its.sort(Comparator.comparing(Event.Operator::position));
        return Attachment.attach(List.of(incident), its).get(0);
    }

    long signals() {
        return signals;
    }

    long strays() {
        return strays;
    }

    long incidents() {
        return incidents;
    }
}
