package foldback.incident;

import foldback.access.Role;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.problem.Query;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** What is open, in one look. */
@Path("/api/incidents/summary")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Incidents")
public class SummaryResource {
    private final SummaryList summary;

    SummaryResource(SummaryList summary) {
        this.summary = summary;
    }

    /** The open incidents that match all filters, by what they have in common. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @IncidentQuery
    @Query(single = "groupBy")
    @Operation(
            summary = "Sum up what is open",
            description = "By rule, or by what groupBy names. Worst level first, then those of which most are open.")
    public RestResponse<Page<SummaryRow>> summary(@Context UriInfo uri) {
        return summary.page(new Parameters(uri)).answer(uri);
    }
}
