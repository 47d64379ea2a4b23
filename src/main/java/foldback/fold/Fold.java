package foldback.fold;

import static foldback.fold.Incident.OpenedBy.EPISODE;
import static foldback.fold.Incident.OpenedBy.SIGNAL;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The function from a stream's events to its incidents, one event at a time, in stream order. The table of the domain is these methods:
 * a column is whether an incident is open, a row is the event.
 */
public final class Fold {
    /** Transport and minute-wise evaluation delay a first ALERT by less than this; more means that it was missed. */
    private static final Duration MISSED_AFTER = Duration.ofMinutes(1);

    private static final Set<Field> NOTHING = EnumSet.noneOf(Field.class);

    private final FoldPolicy policy;

    public Fold(FoldPolicy policy) {
        this.policy = policy;
    }

    public Step step(StreamState state, Event.Moving event) {
        if (event instanceof Event.Signalled signalled) {
            StreamState remembered = state.remember(signalled);
            return switch (signalled.signal()) {
                case ALERT -> alert(state, remembered, signalled);
                case OK -> ok(state, remembered, signalled);
                case INSUFFICIENT_DATA -> noData(state, remembered, signalled);
            };
        }
        return byHand(state, (Event.Resolved) event);
    }

    private Step alert(StreamState state, StreamState next, Event.Signalled alert) {
        Incident open = state.openIncident();
        if (open != null) {
            Draft draft = new Draft(open);
            boolean otherLevel = draft.changesLevel(alert);
            draft.count(alert);
            return step(state, next, alert, draft, otherLevel ? Effect.LEVEL : Effect.COUNTED);
        }
        Instant began = episodeBegan(state, alert);
        boolean missed = began != null && began.isBefore(alert.occurredAt().minus(MISSED_AFTER));
        Instant openedAt = began != null && missed ? began : alert.occurredAt();
        Incident previous = state.incident();
        if (previous != null && policy.reopens(state.lastResolution(), openedAt)) {
            Draft draft = new Draft(previous);
            draft.reopen();
            draft.count(alert);
            return step(state, next, alert, draft, Effect.REOPENED);
        }
        Draft draft = new Draft(alert, openedAt, missed ? EPISODE : SIGNAL);
        draft.count(alert);
        return step(state, next, alert, draft, Effect.OPENED);
    }

    private Step ok(StreamState state, StreamState next, Event.Signalled ok) {
        Incident open = state.openIncident();
        if (open != null) {
            return resolved(state, next, ok, new Draft(open));
        }
        Instant began = episodeBegan(state, ok);
        if (ok.said().previousLevel() == null || began == null || !began.isBefore(ok.occurredAt())) {
            return new Step(ok, state, next, Effect.NONE, NOTHING);
        }
        Incident previous = state.incident();
        if (previous != null && policy.reopens(state.lastResolution(), began)) {
            Draft draft = new Draft(previous);
            draft.reopen();
            return resolved(state, next, ok, draft);
        }
        return resolved(state, next, ok, new Draft(ok, began, EPISODE));
    }

    private static Step resolved(StreamState state, StreamState next, Event.Signalled ok, Draft draft) {
        draft.resolve(ok, next);
        return step(state, next, ok, draft, Effect.RESOLVED);
    }

    private static Step noData(StreamState state, StreamState next, Event.Signalled noData) {
        Incident open = state.openIncident();
        if (open == null) {
            return new Step(noData, state, next, Effect.NONE, NOTHING);
        }
        Draft draft = new Draft(open);
        draft.loseData(noData);
        return step(state, next, noData, draft, Effect.UNOBSERVED);
    }

    private static Step byHand(StreamState state, Event.Resolved resolved) {
        Incident open = state.openIncident();
        if (open == null) {
            return new Step(resolved, state, state, Effect.NONE, NOTHING);
        }
        Draft draft = new Draft(open);
        draft.resolve(resolved, state);
        return step(state, state, resolved, draft, Effect.RESOLVED);
    }

    private static Step step(StreamState before, StreamState next, Event.Moving event, Draft draft, Effect effect) {
        return new Step(event, before, next.with(draft.incident()), effect, draft.set());
    }

    /**
     * When the event's episode began, where that can be believed: not after the event, not before the last resolution (that episode is
     * over), and not where the id was minted for the loss of data rather than for an alert.
     */
    private static @Nullable Instant episodeBegan(StreamState before, Event.Signalled event) {
        String transId = event.said().transId();
        if (transId == null || transId.equals(before.noDataTransId())) {
            return null;
        }
        Instant began = Episode.beganAt(transId);
        Instant lastResolution = before.lastResolution();
        boolean usable = began != null
                && !began.isAfter(event.occurredAt())
                && (lastResolution == null || began.isAfter(lastResolution));
        return usable ? began : null;
    }
}
