package foldback.callback;

import foldback.callback.CallbackMetrics.Answered;
import foldback.ledger.Admission;
import foldback.ledger.Callback;
import foldback.ledger.Commits;
import foldback.ledger.Committer;
import foldback.ledger.Outcome;
import foldback.ledger.PatienceConfig;
import foldback.problem.Problem;
import foldback.problem.Refusal;
import foldback.spool.Spool;
import foldback.spool.Spooled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The way of a callback: read, then recorded or quarantined, then answered. While the database does not commit: spooled, then answered. */
@Singleton
final class Receiver {
    private static final Logger LOG = Logger.getLogger(Receiver.class);
    static final CallbackReading.NotRead UNRECORDABLE =
            new CallbackReading.Unreadable("It was read, but the database refused its data.", null);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Committer committer;
    private final Quarantine quarantine;
    private final Spool spool;
    private final Commits commits;
    private final Admission admission;
    private final CallbackMetrics metrics;
    private final QuarantineThreads quarantining;
    private final Duration patience;

    Receiver(
            Committer committer,
            Quarantine quarantine,
            Spool spool,
            Commits commits,
            Admission admission,
            CallbackMetrics metrics,
            QuarantineThreads quarantining,
            PatienceConfig config) {
        this.committer = committer;
        this.quarantine = quarantine;
        this.spool = spool;
        this.commits = commits;
        this.admission = admission;
        this.metrics = metrics;
        this.quarantining = quarantining;
        this.patience = config.after();
    }

    /** The stage never completes exceptionally. */
    CompletionStage<Answer> receive(Received received) {
        if (commits.away()) {
            return spool(received);
        }
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
            return answered(
                    Answered.RECORDED, RecordedAnswer.of("recorded", recorded.callbackId(), recorded.entries()));
        }
        if (outcome instanceof Outcome.Duplicate duplicate) {
            return answered(
                    Answered.DUPLICATE, RecordedAnswer.of("duplicate", duplicate.callbackId(), duplicate.entries()));
        }
        if (outcome instanceof Outcome.Spooled spooled) {
            return answered(Answered.SPOOLED, RecordedAnswer.spooled(spooled.callbackId()));
        }
        if (outcome instanceof Outcome.Unavailable unavailable) {
            return answered(Answered.REFUSED, unavailable(unavailable.reason(), unavailable.retryAfter()));
        }
        return outcome instanceof Outcome.Uncommitted ? spool(received) : keep(received, UNRECORDABLE);
    }

    private CompletionStage<Answer> spool(Received received) {
        Spooled callback = new Spooled(
                0,
                received.id(),
                received.receivedAt(),
                received.remoteAddress(),
                received.contentType(),
                received.body());
        return spool.keep(callback).thenCompose(outcome -> answer(received, outcome));
    }

    private CompletionStage<Answer> keep(Received received, CallbackReading.NotRead notRead) {
        long weight = 3L * received.body().length + 4096;
        if (!admission.enter(weight)) {
            return answered(
                    Answered.REFUSED, unavailable("more callbacks are waiting than can be kept in time", RETRY_AFTER));
        }
        CompletableFuture<Optional<Answer>> keeping = quarantining.call(() -> kept(received, notRead));
        // On the work itself: it takes its place for as long as it runs, answered or not.
        var unused = keeping.whenComplete((answer, failure) -> admission.leave(weight));
        return keeping.copy()
                .completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(answer ->
                        answer.map(kept -> answered(Answered.QUARANTINED, kept)).orElseGet(() -> spool(received)));
    }

    /** Empty where the database does not commit. */
    private Optional<Answer> kept(Received received, CallbackReading.NotRead notRead) {
        try {
            return Optional.of(quarantined(quarantine.keep(received, notRead), notRead));
        } catch (SQLException e) {
            LOG.warnf("callback %s could not be put into quarantine: %s", received.id(), e.getMessage());
            commits.failed(e);
            return Optional.empty();
        }
    }

    private static Answer quarantined(UUID id, CallbackReading.NotRead notRead) {
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

    private CompletionStage<Answer> answered(Answered as, Answer answer) {
        metrics.count(as);
        return CompletableFuture.completedStage(answer);
    }
}
