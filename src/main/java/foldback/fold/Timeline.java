package foldback.fold;

import java.util.Set;

/**
 * One incident's events as a person reads them, each with what it did and which fields it set. Takes the stream's events from the
 * incident's first on, in stream order, and folds them again; nothing of it is stored.
 */
public final class Timeline {
    private final Fold fold;
    private StreamState state;
    private Attention attention = Attention.NONE;

    public record Entry(Event event, Effect effect, Set<Field> set) {}

    /** @param start the state of the stream right before the incident's first event */
    public Timeline(Fold fold, StreamState start) {
        this.fold = fold;
        this.state = start;
    }

    public Entry next(Event event) {
        if (event instanceof Event.Moving moving) {
            Step step = fold.step(state, moving);
            state = step.after();
            return new Entry(event, step.effect(), step.set());
        }
        Event.Operator operator = (Event.Operator) event;
        Attention before = attention;
        attention = before.after(operator);
        Effect effect = before.effect(operator, attention);
        return new Entry(event, effect, Attention.sets(effect));
    }
}
