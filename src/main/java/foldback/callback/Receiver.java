package foldback.callback;

import foldback.ledger.Admission;
import foldback.ledger.Callback;
import foldback.ledger.Committer;
import foldback.ledger.Outcome;
import foldback.problem.Problem;
import foldback.problem.Refusal;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** The way of a callback: read, then recorded or quarantined, then answered. */
@Singleton
final class Receiver {
    private static final Logger LOG = Logger.getLogger(Receiver.class);
    static final CallbackReading.NotRead UNRECORDABLE =
            new CallbackReading.Unreadable("It was read, but the database refused its data.", null);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Committer committer;
    private final Quarantine quarantine;
    private final Admission admission;
    private final ExecutorService blocking;

    Receiver(Committer committer, Quarantine quarantine, Admission admission, ExecutorService blocking) {
        this.admission = admission;
        this.committer = committer;
        this.quarantine = quarantine;
        this.blocking = blocking;
    }

    /** The stage never completes exceptionally. */
    CompletionStage<Answer> receive(Received received) {
        CallbackReading reading = CallbackReader.read(received.body());
        if (reading instanceof CallbackReading.Read read) {
            return committer.submit(callback(received, read)).thenCompose(outcome -> answer(received, outcome));
        }
        return keep(received, (CallbackReading.NotRead) reading);
    }

    static Callback callback(Received received, CallbackReading.Read read) {
        return Callback.of(
                received.id(),
                received.receivedAt(),
                received.remoteAddress(),
                received.contentType(),
                read.parts(),
                read.readings());
    }

    private CompletionStage<Answer> answer(Received received, Outcome outcome) {
        if (outcome instanceof Outcome.Recorded recorded) {
            return completed(RecordedAnswer.of("recorded", recorded.callbackId(), recorded.entries()));
        }
        if (outcome instanceof Outcome.Duplicate duplicate) {
            return completed(RecordedAnswer.of("duplicate", duplicate.callbackId(), duplicate.entries()));
        }
        if (outcome instanceof Outcome.Unavailable unavailable) {
            return completed(unavailable(unavailable.reason(), unavailable.retryAfter()));
        }
        return keep(received, UNRECORDABLE);
    }

    private CompletionStage<Answer> keep(Received received, CallbackReading.NotRead notRead) {
        long weight = 3L * received.body().length + 4096;
        if (!admission.enter(weight)) {
            return completed(unavailable("more callbacks are waiting than can be kept in time", RETRY_AFTER));
        }
        return CompletableFuture.supplyAsync(() -> kept(received, notRead), blocking)
                .whenComplete((answer, failure) -> admission.leave(weight));
    }

    private Answer kept(Received received, CallbackReading.NotRead notRead) {
        UUID id;
        try {
            id = quarantine.keep(received, notRead);
        } catch (SQLException e) {
            LOG.warnf("callback %s could not be put into quarantine: %s", received.id(), e.getMessage());
            return unavailable("the database is not available", RETRY_AFTER);
        }
        if (notRead instanceof CallbackReading.NoAlert) {
            return RecordedAnswer.quarantined(id, notRead.reason());
        }
        Problem problem =
                Problem.of(Refusal.UNREADABLE_CALLBACK, notRead.reason()).with("quarantineId", id.toString());
        return new Answer.Refused(
                notRead.field() == null ? problem : problem.withError(notRead.field(), notRead.reason()));
    }

    private static Answer unavailable(String reason, Duration retryAfter) {
        String detail = "Nothing of the callback was accepted: " + reason + ". Send it again.";
        return new Answer.Refused(Problem.of(Refusal.UNAVAILABLE, detail)
                .withHeader("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    private static CompletionStage<Answer> completed(Answer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
