package foldback.ledger;

import foldback.fold.Said;
import foldback.fold.StreamKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One signal of a callback as it was read, ready to be recorded.
 *
 * @param stream the stream that it is about
 * @param said what it says
 * @param statedAt the body's own {@code timestamp}; null where it is absent or unreadable
 * @param part which element of a JSON array it was read from, from 0; 0 where the body is no array
 */
public record Reading(StreamKey stream, Said said, @Nullable Instant statedAt, int part) {
    /** How far ahead of its receipt a stated time may lie and still be believed: sender and receiver have clocks of their own. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    /** Whether the stated time cannot be used, so that the signal occurred when it was received. */
    boolean timeEstimated(Instant receivedAt) {
        return statedAt == null || statedAt.isAfter(receivedAt.plus(CLOCK_TOLERANCE));
    }
}
