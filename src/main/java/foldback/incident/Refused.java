package foldback.incident;

import foldback.ledger.ActionOutcome;
import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;

/** Turns what became of an action into HTTP. */
final class Refused {
    private Refused() {}

    /** The incident that the action was recorded of; else answers why it was not. */
    static UUID orDone(ActionOutcome outcome, UUID id) {
        if (outcome instanceof ActionOutcome.Done done) {
            return done.incidentId();
        }
        throw because(outcome, id);
    }

    /** Of an outcome that is not {@link ActionOutcome.Done}. */
    static ProblemException because(ActionOutcome outcome, UUID id) {
        if (outcome instanceof ActionOutcome.AlreadyResolved resolved) {
            return Refusal.CONFLICT.because("The incident " + resolved.incidentId() + " is resolved already.");
        }
        if (outcome instanceof ActionOutcome.Changed changed) {
            return Refusal.PRECONDITION_FAILED
                    .because("The incident " + changed.incidentId() + " is not as If-Match expects it any more.")
                    .blaming(HttpHeaders.IF_MATCH, "names another version");
        }
        if (outcome instanceof ActionOutcome.AtOutOfRange range) {
            return ActionRequest.refused("at", range.message());
        }
        if (outcome instanceof ActionOutcome.Unavailable unavailable) {
            return unavailable(unavailable, "Nothing was recorded");
        }
        return Refusal.UNKNOWN_ID.because("There is no incident " + id + " any more.");
    }

    static ProblemException unavailable(ActionOutcome.Unavailable unavailable, String recorded) {
        return Refusal.UNAVAILABLE
                .because(recorded + ": " + unavailable.reason() + ".")
                .withHeader(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(unavailable.retryAfter().toSeconds()));
    }
}
