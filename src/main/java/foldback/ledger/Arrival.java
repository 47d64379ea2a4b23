package foldback.ledger;

import foldback.fold.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One signal of a batch before it is known whether it is new.
 *
 * @param ord its number within the batch
 * @param head of its stream, null where the stream is new
 */
record Arrival(
        int ord,
        Callback callback,
        Reading reading,
        UUID streamId,
        @Nullable StreamHead head,
        Digests digests) {

    /** What two deliveries of one signal have in common where both times were stated. */
    record Key(UUID streamId, @Nullable Instant statedAt, Signal signal, Object level, Object curValue) {}

    Instant receivedAt() {
        return callback.receivedAt();
    }

    boolean estimated() {
        return reading.timeEstimated(receivedAt());
    }

    byte[] bytes() {
        return callback.parts().get(reading.part());
    }

    UUID digest() {
        return digests.of(bytes());
    }

    Key key() {
        Object level = reading.said().level();
        Object curValue = reading.said().curValue();
        Object absent = "";
        return new Key(
                streamId,
                reading.statedAt(),
                reading.said().signal(),
                level == null ? absent : level,
                curValue == null ? absent : curValue);
    }

    /** Whether the log may hold it: what occurred after everything that the stream holds is new, unless a time was estimated. */
    boolean mayBeKnown() {
        if (head == null) {
            return false;
        }
        Instant stated = reading.statedAt();
        return estimated() || stated == null || !stated.isAfter(head.newestAt()) || mayRepeatEstimated();
    }

    /** Whether the stream received a signal with an estimated time so lately that this may be its repetition. */
    boolean mayRepeatEstimated() {
        Instant estimatedAt = head == null ? null : head.estimatedAt();
        return estimatedAt != null && !estimatedAt.isBefore(receivedAt().minus(Duplicates.RETRY_WINDOW));
    }

    /** Whether its own time was readable but lies too far ahead; another receiver, or an earlier clock, may have believed it. */
    boolean estimatedThoughStated() {
        return estimated() && reading.statedAt() != null;
    }

    /** The rule of {@link Duplicates}, between two of one batch. */
    boolean repeats(Arrival earlier) {
        if (!estimated() && !earlier.estimated()) {
            return key().equals(earlier.key());
        }
        Duration apart = Duration.between(earlier.receivedAt(), receivedAt()).abs();
        return streamId.equals(earlier.streamId)
                && apart.compareTo(Duplicates.RETRY_WINDOW) <= 0
                && digest().equals(earlier.digest());
    }
}
