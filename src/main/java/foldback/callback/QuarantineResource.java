package foldback.callback;

import foldback.access.Role;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Writes;
import foldback.problem.ProblemException;
import foldback.problem.Query;
import foldback.problem.Refusal;
import foldback.repetition.Attempt;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The callbacks that could not be read: to look at, to read again, to dismiss. */
@Path("/api/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Quarantine")
public class QuarantineResource {
    private final QuarantineList list;
    private final QuarantineRetry retry;
    private final Writes writes;
    private final Attempt attempt;

    QuarantineResource(QuarantineList list, QuarantineRetry retry, Writes writes, Attempt attempt) {
        this.list = list;
        this.retry = retry;
        this.writes = writes;
        this.attempt = attempt;
    }

    /** The entries that match all filters, a page at a time. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @Query(
            single = {"limit", "cursor", "count"},
            filters = {"status", "kind"})
    @Operation(
            summary = "List the quarantine",
            description =
                    "Latest receipt first. Entries come with their bodies, so a page may be shorter than its limit.")
    public RestResponse<Page<QuarantineEntry>> list(@Context UriInfo uri) {
        return list.page(new Parameters(uri)).answer(uri);
    }

    /** One entry. */
    @GET
    @Path("/{id}")
    @RolesAllowed(Role.VIEWER)
    @Operation(summary = "Read an entry of the quarantine")
    public QuarantineEntry read(@PathParam("id") UUID id) {
        QuarantineEntry entry = list.one(id);
        if (entry == null) {
            throw unknown(id);
        }
        return entry;
    }

    /** Reads it again, as of its receipt. */
    @POST
    @Path("/{id}/retry")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Read a quarantined callback again",
            description =
                    "Where that succeeds it moves over into the log and the entry is resolved; else its reason is renewed. 409 where it is"
                            + " resolved already.")
    public QuarantineEntry retry(@PathParam("id") UUID id) throws SQLException {
        if (!attempt.recorded(id) && !writes.in(() -> retry.retry(id, attempt.claim()))) {
            throw unknown(id);
        }
        return read(id);
    }

    /** Says that nobody needs to look at it any more. */
    @POST
    @Path("/{id}/dismiss")
    @RolesAllowed(Role.ADMIN)
    @Operation(
            summary = "Dismiss a quarantined callback",
            description = "It is kept, and counts as quarantined. Can be repeated; 409 where it is resolved.")
    public QuarantineEntry dismiss(@PathParam("id") UUID id) throws SQLException {
        if (!writes.in(() -> retry.dismiss(id))) {
            throw unknown(id);
        }
        return read(id);
    }

    private static ProblemException unknown(UUID id) {
        return Refusal.UNKNOWN_ID.because("There is no entry " + id + " in the quarantine.");
    }
}
