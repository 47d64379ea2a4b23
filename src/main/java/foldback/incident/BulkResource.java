package foldback.incident;

import foldback.access.Role;
import foldback.ledger.Action;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people do about many incidents at once, as after a storm. Each is acted on by itself: one that cannot be leaves the others. */
@Path("/api/incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Incidents")
public class BulkResource {
    private final BulkActions bulk;

    BulkResource(BulkActions bulk) {
        this.bulk = bulk;
    }

    /** Says that somebody has seen them. */
    @POST
    @Path("/acknowledge")
    @RolesAllowed(Role.RESPONDER)
    @Operation(summary = "Acknowledge many incidents", description = "Up to 1000, with a result each, in their order.")
    public BulkAnswer acknowledge(BulkRequest body) {
        return bulk.act(Action.Kind.ACKNOWLEDGE, body);
    }

    /** Ends them by hand. */
    @POST
    @Path("/resolve")
    @RolesAllowed(Role.RESPONDER)
    @Operation(
            summary = "Resolve many incidents",
            description = "Up to 1000, with a result each, in their order: 409 for one that is resolved already.")
    public BulkAnswer resolve(BulkRequest body) {
        return bulk.act(Action.Kind.RESOLVE, body);
    }
}
