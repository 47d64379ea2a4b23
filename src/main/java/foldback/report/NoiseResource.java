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

/** Which rules call people for nothing, so that they can be changed. */
@Path("/api/reports/noise")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class NoiseResource {
    private final Noise noise;
    private final Clock clock;

    NoiseResource(Noise noise, Clock clock) {
        this.noise = noise;
        this.clock = clock;
    }

    /** A row a rule, with the facts of the report and the meaning of its columns. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Operation(
            summary = "Report which rules make noise",
            description =
                    "A row a rule, most alerts first: its ALERTs, its incidents and how many of them were short, came again"
                            + " at once, or never ended, and how late its callbacks come.")
    public Response noise(@Context UriInfo uri) {
        Question question = Question.of(uri, clock);
        return FactHeaders.answer(noise.ask(question), question);
    }
}
