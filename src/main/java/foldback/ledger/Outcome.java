package foldback.ledger;

import foldback.fold.Effect;
import foldback.fold.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a callback that was handed to the {@link Committer}, or to the {@link Spool}. */
public sealed interface Outcome {

    /** Durable: at least one of its signals was new. */
    record Recorded(UUID callbackId, List<Entry> entries) implements Outcome {}

    /** Durable as deliveries: every signal was known. */
    record Duplicate(UUID callbackId, List<Entry> entries) implements Outcome {}

    /** Durable on local disk, and to be recorded when the database commits again. */
    record Spooled(UUID callbackId) implements Outcome {}

    /** The database does not commit in time. Whether it was recorded is not known; recorded again, it is recognised. */
    record Uncommitted() implements Outcome {}

    /** The database refused its data, and nothing of it was recorded. */
    record Unrecordable() implements Outcome {}

    /** Nothing of it was accepted; the same callback may be tried again after the given time. */
    record Unavailable(String reason, Duration retryAfter) implements Outcome {}

    /**
     * One signal of the callback.
     *
     * @param eventId its event, or the first one where it is a duplicate
     * @param incidentId the incident that it acted on; of a duplicate the incident that holds it now
     * @param effect what the event did at its place in the stream
     */
    record Entry(
            UUID eventId,
            UUID streamId,
            Signal signal,
            Instant occurredAt,
            boolean duplicate,
            @Nullable UUID incidentId,
            Effect effect) {}
}
