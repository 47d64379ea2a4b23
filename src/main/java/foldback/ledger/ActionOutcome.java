package foldback.ledger;

import java.time.Duration;
import java.util.UUID;

/** What became of an {@link Action}. */
public sealed interface ActionOutcome {

    /** Recorded, durable; the incident may have got another id since the person saw it. */
    record Done(UUID incidentId) implements ActionOutcome {}

    /** A late event removed the incident since the person saw it. */
    record NoSuchIncident() implements ActionOutcome {}

    /** It is not what the person saw any more; nothing was recorded. */
    record Changed(UUID incidentId) implements ActionOutcome {}

    record AlreadyResolved(UUID incidentId) implements ActionOutcome {}

    /** The time given for a resolution cannot be. */
    record AtOutOfRange(String message) implements ActionOutcome {}

    record Unavailable(String reason, Duration retryAfter) implements ActionOutcome {}
}
