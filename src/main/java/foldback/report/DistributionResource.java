package foldback.report;

import foldback.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How long outages last, not as one number: a median hides those that lasted for days. */
@Path("/api/reports/distribution")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class DistributionResource {
    private final Distributions distributions;
    private final Clock clock;

    DistributionResource(Distributions distributions, Clock clock) {
        this.distributions = distributions;
        this.clock = clock;
    }

    /** Buckets and survival curve, with their facts and their meaning. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Operation(
            summary = "Report how the durations of incidents are distributed",
            description = "In buckets on a logarithmic scale, and as a survival curve with its band, in which open ones"
                    + " count as lasting at least until now.")
    public Response distribution(@Context UriInfo uri) {
        Question question = Question.of(uri, clock);
        return FactHeaders.answer(distributions.ask(question), question);
    }
}
