package foldback.ops;

import foldback.access.Role;
import foldback.ledger.Admission;
import foldback.ledger.Completeness;
import foldback.listing.Snapshot;
import foldback.problem.Refusal;
import foldback.spool.Spool;
import foldback.spool.SpoolReports;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Whether all that arrived is accounted for. */
@Path("/api/completeness")
final class CompletenessResource {
    /** To read the whole log takes longer than any other question. */
    private static final Snapshot.Limits TO_RECOUNT =
            new Snapshot.Limits(Duration.ofMinutes(15), Duration.ofMinutes(16));

    private final Semaphore recounting = new Semaphore(1);
    private final Snapshot snapshot;
    private final Admission admission;
    private final Spool spool;
    private final SpoolReports reports;

    CompletenessResource(Snapshot snapshot, Admission admission, Spool spool, SpoolReports reports) {
        this.snapshot = snapshot;
        this.admission = admission;
        this.spool = spool;
        this.reports = reports;
    }

    /**
     * @param received callbacks that arrived; recorded + duplicate + quarantined + spooled, where it agrees
     * @param recorded callbacks that brought a new event
     * @param duplicate callbacks of which every signal was known
     * @param quarantined callbacks in quarantine, dismissed ones included
     * @param spooled callbacks on local disks, on their way into the database, as each process last reported
     * @param inFlight callbacks that this process is recording or spooling, or has not reported yet, and those in the spools of others, which
     *     may have been recorded since they were reported; where there are none the account is exact
     * @param spools what each process last reported of its spool; one that is gone has not reported for long
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
            List<SpoolReports.Report> spools,
            long quarantinePending,
            @Nullable Instant quarantineOldest) {}

    @GET
    @RolesAllowed(Role.VIEWER)
    @Operation(
            summary = "Is everything that arrived accounted for?",
            description =
                    "From the counts that each transaction writes beside its rows; with recount=true from the log itself, slowly.")
    public Account account(@QueryParam("recount") @DefaultValue("false") boolean recount) {
        if (!recount) {
            return ask(Snapshot.ORDINARY, false);
        }
        // It reads the whole log; a second one at the same time would only make both slower.
        if (!recounting.tryAcquire()) {
            throw Refusal.UNAVAILABLE
                    .because("The log is being counted already.")
                    .withHeader("Retry-After", "10");
        }
        try {
            return ask(TO_RECOUNT, true);
        } finally {
            recounting.release();
        }
    }

    private record Answer(List<SpoolReports.Report> spools, long inFlight, Completeness.Account account) {}

    private Account ask(Snapshot.Limits limits, boolean recount) {
        long before = inFlight();
        Answer answer = snapshot.ask(
                limits,
                session -> session.doReturningWork(connection -> {
                    List<SpoolReports.Report> spools = SpoolReports.all(connection);
                    // Between the two looks lies the moment that all of the answer is of.
                    long inFlight = Math.max(before, inFlight()) + reports.elsewhere(connection);
                    return new Answer(spools, inFlight, Completeness.account(connection, recount));
                }));
        Completeness.Account account = answer.account();
        long spooled =
                answer.spools().stream().mapToLong(SpoolReports.Report::spooled).sum();
        return new Account(
                account.received() + spooled,
                account.recorded(),
                account.duplicate(),
                account.quarantined(),
                spooled,
                answer.inFlight(),
                account.agrees(),
                answer.spools(),
                account.quarantinePending(),
                account.quarantineOldest());
    }

    private long inFlight() {
        return admission.inFlight() + spool.inFlight() + reports.untold();
    }
}
