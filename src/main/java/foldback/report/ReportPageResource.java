package foldback.report;

import foldback.access.Role;
import foldback.export.Exports;
import foldback.listing.Parameters;
import foldback.problem.Query;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How long outages last, to be read on paper. */
@Path("/api/reports")
@Tag(name = "Reports")
public class ReportPageResource {
    private static final String HTML = "text/html; charset=UTF-8";

    private final ReportPages pages;
    private final Clock clock;

    ReportPageResource(ReportPages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /** The report as a page: one file, without scripts and without anything from elsewhere, made to be printed on A4. */
    @GET
    @Path("/resolution-time.html")
    @Produces(HTML)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Query(single = {"groupBy", "target", "compare"})
    @Operation(summary = "Report how long incidents last, as a page")
    public Response page(@Context UriInfo uri) {
        Instant made = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Question question = Question.of(new Parameters(uri), made);
        ReportPages.Parts parts = pages.ask(question);
        byte[] bytes = ReportPages.page(question, parts).render().getBytes(StandardCharsets.UTF_8);
        Response.ResponseBuilder answer = Response.ok(bytes)
                .type(HTML)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "inline; filename=\"" + Exports.fileName("resolution-time", made, "html") + "\"")
                .header("Content-Security-Policy", Styles.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header(ReportResource.MADE_AT, made);
        return ReportFile.facts(answer, question, parts.report(), bytes).build();
    }
}
