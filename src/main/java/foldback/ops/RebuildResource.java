package foldback.ops;

import foldback.access.Role;
import foldback.ledger.Rebuild;
import foldback.ledger.RebuildState;
import foldback.listing.Writes;
import foldback.problem.Refusal;
import foldback.repetition.Attempt;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Folding the whole log again. */
@Path("/api/rebuild")
final class RebuildResource {
    private final Writes writes;
    private final Rebuild rebuild;
    private final Attempt attempt;
    private final Clock clock;

    RebuildResource(Writes writes, Rebuild rebuild, Attempt attempt, Clock clock) {
        this.writes = writes;
        this.rebuild = rebuild;
        this.attempt = attempt;
        this.clock = clock;
    }

    /**
     * @param state idle (there has been none), running, finished or failed
     * @param dryRun whether it only counts
     * @param done events folded
     * @param total events to fold, counted at the start
     * @param eventsPerSecond since the start; null before the first rebuild
     * @param remainingSeconds at that rate; null where it is not running
     * @param differing incidents that came out different; 0 unless the fold version changed
     */
    record Progress(
            String state,
            boolean dryRun,
            long done,
            long total,
            @Nullable Long eventsPerSecond,
            @Nullable Long remainingSeconds,
            long differing,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    @GET
    @RolesAllowed(Role.VIEWER)
    @Operation(summary = "How far is the rebuild?", description = "The running one, else the latest.")
    public Progress progress() throws SQLException {
        Rebuild.Progress progress = writes.in(rebuild::progress);
        Long rate = rate(progress);
        boolean running = progress.state() == RebuildState.RUNNING;
        Long remaining = running && rate != null && rate > 0
                ? (Long) Math.max(0, (progress.total() - progress.done()) / rate)
                : null;
        return new Progress(
                progress.state().word(),
                progress.dryRun(),
                progress.done(),
                progress.total(),
                rate,
                remaining,
                progress.differing(),
                progress.startedAt(),
                progress.finishedAt());
    }

    @POST
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Fold the whole log again",
            description =
                    "Beside live traffic; writes only what differs. With dryRun=true it only counts. One runs at a time.")
    public RestResponse<Progress> begin(@QueryParam("dryRun") @DefaultValue("false") boolean dryRun)
            throws SQLException {
        if (!attempt.recordedAny() && !writes.in(() -> rebuild.begin(dryRun, attempt.claim()))) {
            throw Refusal.CONFLICT.because("A rebuild is running. GET /api/rebuild tells how far it is.");
        }
        return RestResponse.status(RestResponse.Status.ACCEPTED, progress());
    }

    private @Nullable Long rate(Rebuild.Progress progress) {
        if (progress.startedAt() == null) {
            return null;
        }
        Instant until = progress.finishedAt() == null ? clock.instant() : progress.finishedAt();
        long millis = Math.max(1, Duration.between(progress.startedAt(), until).toMillis());
        return progress.done() * 1000 / millis;
    }
}
