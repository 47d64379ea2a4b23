package foldback.report;

import foldback.access.Role;
import foldback.export.Exports;
import foldback.export.Form;
import foldback.export.Format;
import foldback.incident.IncidentExport;
import foldback.incident.IncidentList;
import foldback.incident.IncidentView;
import foldback.listing.Cursor;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.problem.Query;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The incidents behind a report, one a row. */
@Path("/api/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class ReportRowsResource {
    private static final String NAME = "report-incidents";

    private final IncidentList list;
    private final IncidentExport export;
    private final ReportSnapshot snapshot;
    private final Clock clock;

    ReportRowsResource(IncidentList list, IncidentExport export, ReportSnapshot snapshot, Clock clock) {
        this.list = list;
        this.export = export;
        this.snapshot = snapshot;
        this.clock = clock;
    }

    /** A page of them. */
    @GET
    @Path("/resolution-time/incidents")
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Query(single = {"sort", "limit", "cursor", "count"})
    @Operation(
            summary = "List the incidents behind a report",
            description = "Each with its instants in UTC and in the zone of the report. Newest first by default.")
    public RestResponse<Page<ReportIncident>> page(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        // The window of the first page is that of all: where nobody says so, it ends when that was asked for.
        Instant asked = parameters.single("cursor").flatMap(Cursor::asked).orElseGet(this::now);
        Question question = Question.of(parameters, asked);
        ZoneId zone = ZoneId.of(question.tz());
        Page<IncidentView> page = list.page(question.list(new Parameters(uri)), null, asked);
        return new Page<>(
                        page.items().stream()
                                .map(incident -> ReportIncident.of(incident, zone))
                                .toList(),
                        page.next(),
                        page.count(),
                        page.lasting())
                .answer(uri);
    }

    /** All of them, for a spreadsheet. */
    @GET
    @Path("/resolution-time/incidents.csv")
    @Produces(Exports.CSV)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Query(single = "sort")
    @Operation(summary = "Export the incidents behind a report as CSV")
    public Response csv(@Context UriInfo uri) {
        return file(Format.CSV, uri);
    }

    /** All of them, for a program. */
    @GET
    @Path("/resolution-time/incidents.ndjson")
    @Produces(Exports.NDJSON)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Query(single = "sort")
    @Operation(summary = "Export the incidents behind a report as NDJSON")
    public Response ndjson(@Context UriInfo uri) {
        return file(Format.NDJSON, uri);
    }

    /** All of them, for a spreadsheet, with the facts of the report. */
    @GET
    @Path("/resolution-time/incidents.xlsx")
    @Produces(Exports.XLSX)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Query(single = "sort")
    @Operation(summary = "Export the incidents behind a report as XLSX")
    public Response xlsx(@Context UriInfo uri) {
        return file(Format.XLSX, uri);
    }

    private Response file(Format format, UriInfo uri) {
        Question question = Question.of(uri, clock);
        int foldVersion = snapshot.foldVersion();
        Form<IncidentView, ?> form = format == Format.XLSX
                ? new Form<>(NAME, ReportBook.ofIncidents(question, foldVersion), Function.identity())
                : new Form<>(NAME, ReportIncident.TABLE, rows(question));
        Response answer = export.answer(format, form, question.list(new Parameters(uri)), null, question.asked());
        return FactHeaders.add(Response.fromResponse(answer), question, foldVersion)
                .build();
    }

    private static Function<IncidentView, ReportIncident> rows(Question question) {
        ZoneId zone = ZoneId.of(question.tz());
        return incident -> ReportIncident.of(incident, zone);
    }

    private Instant now() {
        return clock.instant();
    }
}
