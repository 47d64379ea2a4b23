package foldback.ops;

import foldback.access.Role;
import foldback.ledger.Admission;
import foldback.ledger.Completeness;
import foldback.listing.Snapshot;
import foldback.problem.Refusal;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Whether all that arrived is accounted for. */
@Path("/api/completeness")
final class CompletenessResource {
    private final Semaphore recounting = new Semaphore(1);
    private final Snapshot snapshot;
    private final Admission admission;

    CompletenessResource(Snapshot snapshot, Admission admission) {
        this.snapshot = snapshot;
        this.admission = admission;
    }

    /**
     * @param received callbacks that arrived; recorded + duplicate + quarantined + spooled, where it agrees
     * @param recorded callbacks that brought a new event
     * @param duplicate callbacks of which every signal was known
     * @param quarantined callbacks in quarantine, dismissed ones included
     * @param spooled callbacks on local disks, on their way into the database
     * @param inFlight callbacks that this process is recording; where there are none the account is exact
     * @param spools each process that spools
     * @param quarantinePending entries of the quarantine that nobody has dealt with
     * @param quarantineOldest the receipt of the oldest of them
     */
    record Account(
            long received,
            long recorded,
            long duplicate,
            long quarantined,
            long spooled,
            long inFlight,
            boolean agrees,
            List<Spool> spools,
            long quarantinePending,
            @Nullable Instant quarantineOldest) {}

    record Spool(String replica, long spooled, Instant reportedAt) {}

    @GET
    @RolesAllowed(Role.VIEWER)
    @Operation(
            summary = "Is everything that arrived accounted for?",
            description =
                    "From the counts that each transaction writes beside its rows; with recount=true from the log itself, slowly.")
    public Account account(@QueryParam("recount") @DefaultValue("false") boolean recount) {
        if (!recount) {
            return ask(false);
        }
        // It reads the whole log; a second one at the same time would only make both slower.
        if (!recounting.tryAcquire()) {
            throw Refusal.UNAVAILABLE
                    .because("The log is being counted already.")
                    .withHeader("Retry-After", "10");
        }
        try {
            return ask(true);
        } finally {
            recounting.release();
        }
    }

    private Account ask(boolean recount) {
        long inFlight = admission.inFlight();
        Completeness.Account account = snapshot.ask(session -> session.doReturningWork(connection -> {
            if (recount) {
                try (Statement patience = connection.createStatement()) {
                    patience.execute("set local statement_timeout = '15min'");
                }
            }
            return Completeness.account(connection, recount);
        }));
        return new Account(
                account.received(),
                account.recorded(),
                account.duplicate(),
                account.quarantined(),
                0,
                inFlight,
                account.agrees(),
                List.of(),
                account.quarantinePending(),
                account.quarantineOldest());
    }
}
