package foldback.ledger;

import foldback.fold.Event;
import foldback.fold.Position;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names of the kinds of events in the log, and the way back. */
public final class EventTypes {
    public static final String SIGNAL = "signal";

    private EventTypes() {}

    public static String of(Event event) {
        if (event instanceof Event.Operator operator) {
            return of(operator);
        }
        return SIGNAL;
    }

    private static String of(Event.Operator event) {
        if (event instanceof Event.Resolved) {
            return "resolved";
        }
        if (event instanceof Event.Acknowledged) {
            return "acknowledged";
        }
        return event instanceof Event.Unacknowledged ? "unacknowledged" : "noted";
    }

    /** The operator event of this kind. */
    static Event.Operator operator(String type, Position position, Position names, String by, @Nullable String note) {
        return switch (type) {
            case "resolved" -> new Event.Resolved(position, names, by, note);
            case "acknowledged" -> new Event.Acknowledged(position, names, by, note);
            case "unacknowledged" -> new Event.Unacknowledged(position, names, by, note);
            case "noted" -> new Event.Noted(position, names, by, Objects.requireNonNull(note, "a note without text"));
            default -> throw new IllegalArgumentException("no operator event is called " + type + ", at " + position);
        };
    }
}
