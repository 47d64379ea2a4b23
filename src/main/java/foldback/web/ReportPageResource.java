package foldback.web;

import foldback.access.Role;
import foldback.export.Exports;
import foldback.listing.Places;
import foldback.report.FactHeaders;
import foldback.report.FullReport;
import foldback.report.FullReports;
import foldback.report.GroupQuery;
import foldback.report.Question;
import foldback.report.ReportQuery;
import foldback.web.Trend.Unit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
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
    private final FullReports reports;
    private final Clock clock;

    ReportPageResource(FullReports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** The report as a page: one file, without scripts and without anything from elsewhere, made to be printed on A4. */
    @GET
    @Path("/resolution-time.html")
    @Produces(HTML)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @GroupQuery
    @Operation(summary = "Report how long incidents last, as a page")
    public Response page(@Context UriInfo uri) {
        Question question = Question.of(uri, clock);
        return places.in(() -> answer(question));
    }

    private Response answer(Question question) {
        FullReport full = reports.ask(question, Unit.of(question.window()).key());
        byte[] bytes = ReportPages.bytes(ReportPages.page(question, full));
        Response.ResponseBuilder answer = Response.ok(bytes)
                .type(HTML)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "inline; filename=\"" + Exports.fileName("resolution-time", question.asked(), "html") + "\"")
                .header("Content-Security-Policy", Styles.POLICY)
                .header("X-Content-Type-Options", "nosniff");
        return FactHeaders.add(answer, question, full.report(), bytes).build();
    }
}
