package foldback.report;

import foldback.access.Role;
import foldback.export.Exports;
import foldback.listing.Parameters;
import foldback.listing.Places;
import foldback.problem.Query;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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

    /** A page of all the rows that a report may have takes 15 MB. */
    private static final int AT_ONCE = 2;

    private static final int MOST_WAITING = 8;

    private final Places places = new Places(AT_ONCE, MOST_WAITING);
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
        return places.in(() -> answer(question, made));
    }

    private Response answer(Question question, Instant made) {
        ReportPages.Parts parts = pages.ask(question);
        byte[] bytes = ReportPages.bytes(ReportPages.page(question, parts));
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
