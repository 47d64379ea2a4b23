package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.access.Role;
import foldback.export.Exports;
import foldback.export.Format;
import foldback.export.Table;
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

/** How long outages last, whether it is getting better, and for whom. */
@Path("/api/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class ReportResource {
    private final ResolutionTimes times;
    private final ObjectMapper json;
    private final Clock clock;

    ReportResource(ResolutionTimes times, ObjectMapper json, Clock clock) {
        this.times = times;
        this.json = json;
        this.clock = clock;
    }

    /** The report with its facts and the meaning of its columns. */
    @GET
    @Path("/resolution-time")
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @GroupQuery
    @Operation(
            summary = "Report how long incidents last",
            description =
                    "A row a group, of the incidents that match all filters. Open ones count as lasting until now.")
    public Response report(@Context UriInfo uri) {
        Question question = Question.of(uri, clock);
        return FactHeaders.answer(ask(question), question);
    }

    /** Its rows, for a spreadsheet. */
    @GET
    @Path("/resolution-time.csv")
    @Produces(Exports.CSV)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @GroupQuery
    @Operation(summary = "Report how long incidents last, as CSV")
    public Response csv(@Context UriInfo uri) {
        return file(Format.CSV, uri);
    }

    /** Its rows, for a program. */
    @GET
    @Path("/resolution-time.ndjson")
    @Produces(Exports.NDJSON)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @GroupQuery
    @Operation(summary = "Report how long incidents last, as NDJSON")
    public Response ndjson(@Context UriInfo uri) {
        return file(Format.NDJSON, uri);
    }

    /** Its rows, its facts and the meaning of its columns, for a spreadsheet. */
    @GET
    @Path("/resolution-time.xlsx")
    @Produces(Exports.XLSX)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @GroupQuery
    @Operation(summary = "Report how long incidents last, as XLSX")
    public Response xlsx(@Context UriInfo uri) {
        return file(Format.XLSX, uri);
    }

    private Response file(Format format, UriInfo uri) {
        Question question = Question.of(uri, clock);
        Report report = ask(question);
        Table<ReportRow> table = format == Format.XLSX ? ReportBook.of(question, report) : ReportFile.table(question);
        byte[] bytes = ReportFile.bytes(format, table, report.rows(), json);
        Response.ResponseBuilder answer =
                Exports.begun(format, "resolution-time", question.asked()).entity(bytes);
        return FactHeaders.add(answer, question, report, bytes).build();
    }

    private Report ask(Question question) {
        return Report.of(question, times.ask(question), json);
    }
}
