package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.access.Role;
import foldback.export.Exports;
import foldback.export.Format;
import foldback.ledger.Sha256;
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
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How long outages last, whether it is getting better, and for whom. */
@Path("/api/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class ReportResource {
    /** When it was made: in no body, so that the same report is the same bytes. */
    static final String MADE_AT = "Foldback-Made-At";

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
    @Query(single = {"groupBy", "target", "compare"})
    @Operation(
            summary = "Report how long incidents last",
            description =
                    "A row a group, of the incidents that match all filters. Open ones count as lasting until now.")
    public Response report(@Context UriInfo uri) {
        Instant made = now();
        Question question = Question.of(new Parameters(uri), made);
        return Response.ok(ask(question)).header(MADE_AT, made).build();
    }

    /** Its rows, for a spreadsheet. */
    @GET
    @Path("/resolution-time.csv")
    @Produces(Exports.CSV)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Query(single = {"groupBy", "target", "compare"})
    @Operation(summary = "Report how long incidents last, as CSV")
    public Response csv(@Context UriInfo uri) {
        return file(Format.CSV, new Parameters(uri));
    }

    /** Its rows, for a program. */
    @GET
    @Path("/resolution-time.ndjson")
    @Produces(Exports.NDJSON)
    @RolesAllowed(Role.VIEWER)
    @ReportQuery
    @Query(single = {"groupBy", "target", "compare"})
    @Operation(summary = "Report how long incidents last, as NDJSON")
    public Response ndjson(@Context UriInfo uri) {
        return file(Format.NDJSON, new Parameters(uri));
    }

    private Response file(Format format, Parameters parameters) {
        Instant made = now();
        Question question = Question.of(parameters, made);
        Report report = ask(question);
        byte[] bytes = ReportFile.bytes(format, ReportFile.table(question), report.rows(), json);
        return Response.fromResponse(ReportFile.answer(format, question, report, bytes, made))
                .header(MADE_AT, made)
                .build();
    }

    private Report ask(Question question) {
        ResolutionTimes.Found found = times.ask(question);
        List<ReportRow> rows = found.rows();
        byte[] hashed = Sha256.of(ReportFile.lines(rows, json));
        Report.Header header = new Report.Header(
                question.window().since(),
                question.window().until(),
                question.cohort().word(),
                question.words(),
                question.tz(),
                question.filter(),
                question.asOf(),
                found.foldVersion(),
                rows.stream().mapToLong(ReportRow::incidents).sum(),
                rows.stream().mapToLong(ReportRow::open).sum(),
                rows.size(),
                HexFormat.of().formatHex(hashed));
        String target = question.target() == null ? null : question.target().toString();
        return new Report(header, Definitions.of(target, question.compared()), rows);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
