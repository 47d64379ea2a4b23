package foldback.fold;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An immutable recorded fact about one stream. */
public sealed interface Event {

    Position position();

    default Instant occurredAt() {
        return position().occurredAt();
    }

    /** The events that move the stream's state, taken in stream order. */
    sealed interface Moving extends Event {}

    /** What a person did, to the incident that holds the event at {@link #names}. */
    sealed interface Operator extends Event {
        Position names();

        String by();

        @Nullable
        String note();
    }

    /** What CloudMonitor reported. {@code timeEstimated}: the callback had no usable timestamp, so it occurred when it was received. */
    record Signalled(Position position, Instant receivedAt, boolean timeEstimated, Said said) implements Moving {
        public Signalled {
            if (said.transId() != null && said.transId().isEmpty()) {
                throw new IllegalArgumentException("an absent transId is null, never empty, at " + position);
            }
        }

        public Signal signal() {
            return said.signal();
        }
    }

    record Resolved(
            Position position,
            Position names,
            String by,
            @Nullable String note) implements Moving, Operator {}

    record Acknowledged(
            Position position,
            Position names,
            String by,
            @Nullable String note) implements Operator {}

    record Unacknowledged(
            Position position,
            Position names,
            String by,
            @Nullable String note) implements Operator {}

    record Noted(Position position, Position names, String by, String note) implements Operator {
        public Noted {
            if (note.isBlank()) {
                throw new IllegalArgumentException("a note says something, at " + position);
            }
        }
    }
}
